package io.atoll.http.listener;

import java.io.Serial;

/** The rest of a request's body will not come. */
final class ClientGoneException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  ClientGoneException() {
    super("the request's body ended early", null, false, false);
  }
}
