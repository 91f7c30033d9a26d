package io.atoll.devcluster;

/** A part has not become ready; the message names it and where it says why. */
public final class StartFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  StartFailedException(String message) {
    super(message);
  }
}
