package io.atoll.client;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;

/** There was no answer; the message is one line that says why. */
public final class UnreachableException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean sent;

  UnreachableException(URI url, Throwable failure) {
    super("cannot reach " + url + ": " + reason(failure));
    this.sent =
        !(failure instanceof ConnectException || failure instanceof HttpConnectTimeoutException);
  }

  /** Whether the request may have reached the other side all the same. */
  public boolean mayBeDone() {
    return sent;
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
