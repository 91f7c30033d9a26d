package io.atoll.client;

import java.net.ConnectException;
import java.net.URI;

/** There was no answer; the message is one line that says why. */
public final class UnreachableException extends Exception {
  private static final long serialVersionUID = 1L;

  UnreachableException(URI url, Throwable failure) {
    super("cannot reach " + url + ": " + reason(failure));
  }

  /** What a failure says, or its kind when it says nothing. */
  public static String reason(Throwable failure) {
    if (failure instanceof ConnectException && failure.getMessage() == null) {
      return "connection refused";
    }
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
