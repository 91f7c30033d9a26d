package io.atoll.http.listener;

import io.netty.handler.codec.http.HttpObject;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Decoded parts of requests that wait for their turn. Confined to the event loop. */
final class Backlog {
  private final ArrayDeque<HttpObject> parts = new ArrayDeque<>();
  private boolean draining;

  void add(HttpObject part) {
    parts.add(part);
  }

  boolean isEmpty() {
    return parts.isEmpty();
  }

  /** Hands parts on while they are taken; a call from within is left to the outer one. */
  void drain(BooleanSupplier takes, Consumer<HttpObject> taker) {
    if (draining) {
      return;
    }
    draining = true;
    while (!parts.isEmpty() && takes.getAsBoolean()) {
      HttpObject part = parts.remove();
      try {
        taker.accept(part);
      } finally {
        ReferenceCountUtil.release(part);
      }
    }
    draining = false;
  }

  void clear() {
    parts.forEach(ReferenceCountUtil::release);
    parts.clear();
  }
}
