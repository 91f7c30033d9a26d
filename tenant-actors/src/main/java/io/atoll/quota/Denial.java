package io.atoll.quota;

/**
 * A quota's refusal, which consumed nothing: the quota's API name or {@code actions.<name>}, how
 * much of it is used, its limit, and after how many milliseconds the same may pass (-1 when waiting
 * does not help). {@code cap} tells a number of things from a flow.
 */
public record Denial(String quota, long current, long limit, long retryAfterMs, boolean cap) {
  /** Waiting does not help. */
  public static final long NEVER = -1;

  static Denial ofRate(Quota quota, long current, long limit, long retryAfterMs) {
    return new Denial(quota.apiName(), current, limit, retryAfterMs, false);
  }

  static Denial ofCap(Quota quota, long current, long limit) {
    return new Denial(quota.apiName(), current, limit, NEVER, true);
  }

  static Denial ofAction(String action, long current, long limit, long retryAfterMs) {
    return new Denial("actions." + action, current, limit, retryAfterMs, false);
  }

  /** Whether the sum stays within the limit; what does not grow always does. */
  static boolean passesCap(long limit, long current, long added) {
    return added <= 0 || limit == Quota.UNLIMITED || added <= limit - current;
  }
}
