package io.atoll.http.session;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The members that requests may have. */
enum Field {
  ID(0, "id"),
  OP(1, "op"),
  TENANT(2, "tenant"),
  MAP(3, "map"),
  KEY(4, "key"),
  VALUE(5, "value"),
  IF_VERSION(6, "ifVersion"),
  TTL_MS(7, "ttlMs"),
  IDEMPOTENCY_KEY(8, "idempotencyKey"),
  PREFIX(9, "prefix"),
  AFTER(10, "after"),
  LIMIT(11, "limit"),
  VALUES(12, "values"),
  SINCE(13, "since"),
  WATCH(14, "watch"),
  TOKEN(15, "token");

  private static final Field[] ALL = values();
  private static final Field[][] BY_LENGTH = byLength();

  private final int place;
  private final String wireName;

  Field(int place, String wireName) {
    this.place = place;
    this.wireName = wireName;
  }

  /** The field with this name, null when there is none. */
  static @Nullable Field byName(byte[] text, int from, int to) {
    int length = to - from;
    if (length >= BY_LENGTH.length) {
      return null;
    }
    for (Field field : BY_LENGTH[length]) {
      if (isText(field.wireName, text, from, to)) {
        return field;
      }
    }
    return null;
  }

  /** Whether these bytes are the ASCII text. */
  static boolean isText(String ascii, byte[] text, int from, int to) {
    if (ascii.length() != to - from) {
      return false;
    }
    for (int at = from; at < to; at++) {
      if (text[at] != ascii.charAt(at - from)) {
        return false;
      }
    }
    return true;
  }

  /** The first field of a set of {@link #bit bits}, null when the set is empty. */
  static @Nullable Field first(int bits) {
    return bits == 0 ? null : ALL[Integer.numberOfTrailingZeros(bits)];
  }

  static int count() {
    return ALL.length;
  }

  /** The field's index, from 0 to {@link #count()} exclusive. */
  int place() {
    return place;
  }

  /** The field as a set of its own. */
  int bit() {
    return 1 << place;
  }

  String wireName() {
    return wireName;
  }

  private static Field[][] byLength() {
    int longest = Arrays.stream(ALL).mapToInt(field -> field.wireName.length()).max().orElse(0);
    Field[][] lengths = new Field[longest + 1][];
    for (int length = 0; length <= longest; length++) {
      int wanted = length;
      lengths[length] =
          Arrays.stream(ALL)
              .filter(field -> field.wireName.length() == wanted)
              .toArray(Field[]::new);
    }
    return lengths;
  }
}
