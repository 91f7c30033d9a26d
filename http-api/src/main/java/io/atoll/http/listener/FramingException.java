package io.atoll.http.listener;

import java.io.Serial;

/** A request that says in two ways where its body ends. */
final class FramingException extends IllegalArgumentException {
  @Serial private static final long serialVersionUID = 1L;

  FramingException() {
    super("both Content-Length and Transfer-Encoding");
  }
}
