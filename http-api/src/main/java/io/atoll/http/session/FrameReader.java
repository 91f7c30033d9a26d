package io.atoll.http.session;

import static io.atoll.http.json.JsonScanner.MALFORMED;

import io.atoll.http.json.JsonScanner;
import io.atoll.refusal.ErrorCode;
import io.atoll.refusal.Refusal;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads frames in one pass over their bytes. A frame that is not JSON is malformed as a whole; in
 * JSON each request is judged alone. Not thread-safe.
 */
final class FrameReader {
  private static final Frame NOT_JSON = new Frame.Malformed("the frame is not valid JSON");
  private static final Frame NO_REQUESTS =
      new Frame.Malformed("a frame is a request or an array of requests");
  private static final Request NO_OBJECT =
      new Request.Bad(
          RequestId.NONE, Refusal.of(ErrorCode.INVALID_REQUEST, "a request is an object"));

  private static final byte[] NOTHING = {};

  private final JsonScanner scanner = new JsonScanner();
  private final RequestMembers members = new RequestMembers();
  private final RequestBuilder builder;
  private final int maxRequests;
  private byte[] text = NOTHING;
  private List<Request> requests = List.of();

  /** A reader of frames of at most so many requests. */
  FrameReader(RequestBuilder builder, int maxRequests) {
    this.builder = builder;
    this.maxRequests = maxRequests;
  }

  /** Reads a text message in UTF-8. What is kept of it is copied. */
  Frame read(byte[] message) {
    turnTo(message);
    requests = new ArrayList<>();
    Frame frame = frame();
    turnTo(NOTHING);
    requests = List.of();
    return frame;
  }

  private void turnTo(byte[] message) {
    text = message;
    scanner.open(message, message.length);
    members.reset(message);
    builder.turnTo(message);
  }

  private Frame frame() {
    int at = scanner.skipSpace(0);
    return switch (scanner.byteAt(at)) {
      case '{' -> finish(request(at));
      case '[' -> finish(array(at));
      default -> isJson(at) ? NO_REQUESTS : NOT_JSON;
    };
  }

  private Frame finish(int at) {
    if (requests.size() > maxRequests) {
      return new Frame.Malformed("a frame holds at most " + maxRequests + " requests");
    }
    return isEnd(at) ? new Frame.Requests(requests) : NOT_JSON;
  }

  private boolean isJson(int at) {
    return isEnd(scanner.skipValue(at));
  }

  private boolean isEnd(int at) {
    return at >= 0 && scanner.skipSpace(at) == text.length;
  }

  private int array(int from) {
    int at = scanner.skipSpace(from + 1);
    if (scanner.byteAt(at) == ']') {
      return at + 1;
    }
    at = item(at);
    while (at >= 0 && scanner.byteAt(at) == ',' && requests.size() <= maxRequests) {
      at = item(scanner.skipSpace(at + 1));
    }
    return at >= 0 && scanner.byteAt(at) == ']' ? at + 1 : MALFORMED;
  }

  private int item(int from) {
    int at;
    if (scanner.byteAt(from) == '{') {
      at = request(from);
    } else {
      at = scanner.skipValue(from);
      requests.add(NO_OBJECT);
    }
    return at < 0 ? MALFORMED : scanner.skipSpace(at);
  }

  private int request(int from) {
    members.reset(text);
    int at = scanner.skipSpace(from + 1);
    if (scanner.byteAt(at) != '}') {
      at = member(at);
      while (at >= 0 && scanner.byteAt(at) == ',') {
        at = member(scanner.skipSpace(at + 1));
      }
      if (at < 0 || scanner.byteAt(at) != '}') {
        return MALFORMED;
      }
    }
    requests.add(builder.build(members));
    return at + 1;
  }

  private int member(int from) {
    int quote = scanner.skipString(from);
    if (quote < 0) {
      return MALFORMED;
    }
    Field field = members.name(from + 1, quote - 1, scanner.escaped());
    int colon = scanner.skipSpace(quote);
    if (scanner.byteAt(colon) != ':') {
      return MALFORMED;
    }
    int start = scanner.skipSpace(colon + 1);
    int end = scanner.skipValue(start);
    if (end < 0) {
      return MALFORMED;
    }
    if (field != null) {
      take(field, start, end);
    }
    return scanner.skipSpace(end);
  }

  private void take(Field field, int start, int end) {
    members.value(field, start, end, scanner.escaped());
    if (field == Field.VALUE) {
      members.valueProblem(scanner.problem());
    }
  }
}
