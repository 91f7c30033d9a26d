package io.atoll.http.session;

import java.util.ArrayList;
import java.util.List;

/** A frame of which no tenant would hear, although something in it may have been meant for one. */
final class BadFrame {
  private BadFrame() {}

  /** The bad requests of a frame that holds nothing else but pings; else none. */
  static List<Request.Bad> of(List<Request> frame) {
    if (!(frame.isEmpty() || isPassedOver(frame.getFirst()))) {
      return List.of();
    }
    List<Request.Bad> bad = new ArrayList<>();
    for (Request request : frame) {
      if (!isPassedOver(request)) {
        return List.of();
      }
      if (request instanceof Request.Bad found) {
        bad.add(found);
      }
    }
    return bad;
  }

  private static boolean isPassedOver(Request request) {
    return request instanceof Request.Bad || request instanceof Request.Ping;
  }
}
