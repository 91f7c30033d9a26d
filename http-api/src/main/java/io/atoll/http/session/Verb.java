package io.atoll.http.session;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a request can ask for, with the fields that it must and may have besides {@code id, op}. */
enum Verb {
  GET(List.of(Field.MAP, Field.KEY), List.of(Field.TENANT)),
  SET(
      List.of(Field.MAP, Field.KEY, Field.VALUE),
      List.of(Field.TENANT, Field.IF_VERSION, Field.TTL_MS, Field.IDEMPOTENCY_KEY)),
  DELETE(
      List.of(Field.MAP, Field.KEY),
      List.of(Field.TENANT, Field.IF_VERSION, Field.IDEMPOTENCY_KEY)),
  SCAN(
      List.of(Field.MAP),
      List.of(Field.TENANT, Field.PREFIX, Field.AFTER, Field.LIMIT, Field.VALUES)),
  WATCH(List.of(Field.MAP), List.of(Field.TENANT, Field.PREFIX, Field.SINCE)),
  UNWATCH(List.of(Field.WATCH), List.of()),
  AUTH(List.of(Field.TOKEN), List.of()),
  PING(List.of(), List.of());

  private static final Verb[] ALL = values();

  private final String wireName;
  private final int required;
  private final int allowed;

  Verb(List<Field> required, List<Field> optional) {
    this.wireName = name().toLowerCase(Locale.ROOT);
    this.required = bits(required);
    this.allowed = this.required | bits(optional) | Field.ID.bit() | Field.OP.bit();
  }

  /** The verb with this name, null when there is none. */
  static @Nullable Verb byName(byte[] text, int from, int to) {
    for (Verb verb : ALL) {
      if (Field.isText(verb.wireName, text, from, to)) {
        return verb;
      }
    }
    return null;
  }

  /** The first field out of a set that does not belong to the verb. */
  @Nullable Field misplaced(int present) {
    return Field.first(present & ~allowed);
  }

  /** The first field that the verb must have and that is not in the set. */
  @Nullable Field missing(int present) {
    return Field.first(required & ~present);
  }

  String wireName() {
    return wireName;
  }

  private static int bits(List<Field> fields) {
    return fields.stream().mapToInt(Field::bit).reduce(0, (left, right) -> left | right);
  }
}
