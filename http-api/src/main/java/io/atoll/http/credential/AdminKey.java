package io.atoll.http.credential;

/** The operator's key, kept as a digest and compared in constant time. */
final class AdminKey {
  private final Digest digest;

  AdminKey(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("the admin key is empty");
    }
    this.digest = Digest.of(text);
  }

  boolean is(Digest other) {
    return digest.matches(other);
  }
}
