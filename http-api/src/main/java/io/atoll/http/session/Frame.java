package io.atoll.http.session;

import java.util.List;

/** What a text message holds. */
sealed interface Frame {
  /** The requests in their order. */
  record Requests(List<Request> requests) implements Frame {}

  /** Nothing that can be answered, and why. */
  record Malformed(String reason) implements Frame {}
}
