package io.atoll.http.socket;

import org.apache.pekko.http.javadsl.model.HttpResponse;

/** What becomes of an upgrade request. */
public sealed interface SocketDecision {
  /** The socket is opened and belongs to this session. */
  record Accept(SocketSession session) implements SocketDecision {}

  /** The upgrade is refused with this HTTP answer, and the connection stays an HTTP connection. */
  record Refuse(HttpResponse response) implements SocketDecision {}
}
