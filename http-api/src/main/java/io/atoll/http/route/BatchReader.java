package io.atoll.http.route;

import io.atoll.http.json.JsonProblem;
import io.atoll.http.json.JsonScanner;
import io.atoll.http.json.JsonStrings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes a batch apart in one pass over its bytes: an array of objects, each with its members'
 * places in the text. A body that is not JSON is refused as a whole. Used once.
 */
final class BatchReader {
  private final JsonScanner scanner = new JsonScanner();
  private final byte[] text;
  private final int most;
  private final List<Item> items = new ArrayList<>();

  private BatchReader(byte[] text, int most) {
    this.text = text;
    this.most = most;
    scanner.open(text, text.length);
  }

  /** The items of a batch of at most so many. */
  static List<Item> read(byte[] body, int most) {
    BatchReader reader = new BatchReader(body, most);
    int at = reader.scanner.skipSpace(0);
    if (reader.scanner.byteAt(at) != '[') {
      throw RefusedException.invalid("the body must be an array of operations");
    }
    int end = reader.array(at);
    if (end < 0 || reader.scanner.skipSpace(end) != body.length) {
      throw RefusedException.invalid("the body is not valid JSON");
    }
    return reader.items;
  }

  private int array(int from) {
    int at = scanner.skipSpace(from + 1);
    if (scanner.byteAt(at) == ']') {
      return at + 1;
    }
    at = item(at);
    while (at >= 0 && scanner.byteAt(at) == ',') {
      at = item(scanner.skipSpace(at + 1));
    }
    return at >= 0 && scanner.byteAt(at) == ']' ? at + 1 : -1;
  }

  private int item(int from) {
    if (items.size() == most) {
      throw RefusedException.invalid("a batch holds at most " + most + " operations");
    }
    Item item = new Item(text);
    items.add(item);
    int end;
    if (scanner.byteAt(from) == '{') {
      end = object(from, item);
    } else {
      end = scanner.skipValue(from);
      item.flaw("an operation must be an object");
    }
    return end < 0 ? -1 : scanner.skipSpace(end);
  }

  private int object(int from, Item item) {
    int at = scanner.skipSpace(from + 1);
    if (scanner.byteAt(at) == '}') {
      return at + 1;
    }
    at = member(at, item);
    while (at >= 0 && scanner.byteAt(at) == ',') {
      at = member(scanner.skipSpace(at + 1), item);
    }
    return at >= 0 && scanner.byteAt(at) == '}' ? at + 1 : -1;
  }

  private int member(int from, Item item) {
    int nameEnd = scanner.skipString(from);
    if (nameEnd < 0) {
      return -1;
    }
    String name = string(text, from, nameEnd, scanner.escaped());
    int colon = scanner.skipSpace(nameEnd);
    if (scanner.byteAt(colon) != ':') {
      return -1;
    }
    int start = scanner.skipSpace(colon + 1);
    int end = scanner.skipValue(start);
    if (end < 0) {
      return -1;
    }
    item.add(name == null ? "?" : name, new Place(start, end, scanner.problem()));
    return scanner.skipSpace(end);
  }

  /** The content of the string with its quotes at these places, null when it is no text. */
  private static @Nullable String string(byte[] text, int from, int to, boolean escaped) {
    byte[] content =
        escaped
            ? JsonStrings.unescape(text, from + 1, to - 1)
            : JsonStrings.plain(text, from + 1, to - 1);
    return content == null ? null : new String(content, StandardCharsets.UTF_8);
  }

  /** Where a value stands, and what is wrong with it. */
  record Place(int from, int to, @Nullable JsonProblem problem) {}

  /** One operation's members by name, or what is wrong with it. */
  static final class Item {
    private final byte[] text;
    private final Map<String, Place> places = new HashMap<>();
    private @Nullable String flaw;

    private Item(byte[] text) {
      this.text = text;
    }

    /** The first thing wrong with the item as such, null when nothing is. */
    @Nullable String flaw() {
      return flaw;
    }

    Map<String, Place> places() {
      return places;
    }

    /** The string, null when the member is missing or is none. */
    @Nullable String text(String name) {
      Place place = places.get(name);
      return place == null || text[place.from] != '"'
          ? null
          : string(text, place.from, place.to, true);
    }

    /** The JSON of a member as it was sent. */
    byte[] raw(Place place) {
      return java.util.Arrays.copyOfRange(text, place.from, place.to);
    }

    private void add(String name, Place place) {
      if (places.put(name, place) != null) {
        flaw(Shown.text(name) + " is there twice");
      }
    }

    private void flaw(String found) {
      flaw = flaw == null ? found : flaw;
    }
  }
}
