package io.atoll.bench;

/** What became of a call. */
sealed interface Outcome {
  Outcome OK = new Served(false);
  Outcome MISSING = new Served(true);
  Outcome LIMITED = new Limited();

  /** It was done; an answer that there is no such entry is one, too. */
  record Served(boolean missing) implements Outcome {}

  /** A quota of the tenant refused it. */
  record Limited() implements Outcome {}

  /** It was not done, or nobody knows. */
  record Failed(String code) implements Outcome {}

  /** The outcome that an error code tells. */
  static Outcome of(String code) {
    return switch (code) {
      case "KEY_NOT_FOUND", "MAP_NOT_FOUND" -> MISSING;
      case "RATE_LIMITED", "QUOTA_EXCEEDED" -> LIMITED;
      default -> new Failed(code);
    };
  }
}
