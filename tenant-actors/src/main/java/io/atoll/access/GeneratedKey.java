package io.atoll.access;

/** A new API key with its text, which is handed out once and kept nowhere. */
public record GeneratedKey(ApiKey key, String text) {
  @Override
  public String toString() {
    return "GeneratedKey[" + key.id() + "]";
  }
}
