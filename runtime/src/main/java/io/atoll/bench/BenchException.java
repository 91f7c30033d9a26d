package io.atoll.bench;

/** A run cannot go on; the message is one line that says why. */
class BenchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BenchException(String message) {
    super(message);
  }
}
