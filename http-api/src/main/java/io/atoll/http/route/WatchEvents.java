package io.atoll.http.route;

import io.atoll.map.WatchReply.Change;
import io.atoll.map.WatchReply.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.pekko.util.ByteString;

/** Changes of a map as server-sent events; an event's id is the change's number. */
final class WatchEvents {
  /** A comment that keeps a quiet connection alive. */
  static final ByteString HEARTBEAT = ByteString.fromString(":\n\n");

  private WatchEvents() {}

  static ByteString of(List<Change> changes) {
    StringBuilder events = new StringBuilder(changes.size() * 128);
    for (Change change : changes) {
      String name = name(change.kind());
      events.append("id: ").append(change.seq()).append("\nevent: ").append(name);
      events.append("\ndata: ").append(data(change, name)).append("\n\n");
    }
    return ByteString.fromString(events.toString());
  }

  /** One line: the line breaks that JSON allows between its tokens become spaces. */
  private static String data(Change change, String name) {
    byte[] json =
        Json.bytes(out -> {
          out.writeStartObject();
          out.writeNumberField("seq", change.seq());
          out.writeStringField("event", name);
          if (change.key() != null) {
            out.writeStringField("key", change.key().toString());
          }
          if (change.value() != null) {
            out.writeFieldName("value");
            out.writeRawValue(new String(change.value(), StandardCharsets.UTF_8));
            out.writeNumberField("version", change.version());
          }
          out.writeEndObject();
        });
    return new String(json, StandardCharsets.UTF_8).replace('\n', ' ').replace('\r', ' ');
  }

  private static String name(Kind kind) {
    return switch (kind) {
      case SET -> "set";
      case DELETE -> "delete";
      case EXPIRE -> "expire";
      case CLEAR -> "clear";
      case RESET -> "reset";
    };
  }
}
