package io.atoll.http.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.atoll.access.MapName;
import io.atoll.access.TenantId;
import io.atoll.http.json.JsonProblem;
import io.atoll.map.Key;
import io.atoll.map.Operation;
import io.atoll.refusal.ErrorCode;
import io.atoll.refusal.Refusal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one request by their types. Where a field is not what it must be, the first such is
 * the request's {@link #refusal}, and what is answered in its place means nothing. Not thread-safe.
 */
final class RequestFields {
  /** The longest time that an entry can be given to live: ten years. */
  static final long MAX_TTL_MS = 315_360_000_000L;

  /** The longest idempotency key in bytes. */
  static final int MAX_IDEMPOTENCY_KEY = 255;

  private static final byte[] NO_BYTES = {};
  private static final Key NO_KEY = Key.of(NO_BYTES);
  private static final long MAX_INTEGER = 999_999_999_999_999_999L;
  private static final int MAX_LIMIT = 1_000;
  private static final int DEFAULT_LIMIT = 100;

  private final NameCache maps = new NameCache(MapName::isValid);
  private final NameCache tenants = new NameCache(TenantId::isValid);
  private final int maxValueBytes;
  private byte[] text = NO_BYTES;
  private RequestMembers members = new RequestMembers();
  private @Nullable Refusal refusal;

  RequestFields(int maxValueBytes) {
    this.maxValueBytes = maxValueBytes;
  }

  /** Turns to another frame. */
  void turnTo(byte[] frame) {
    text = frame;
  }

  /** Turns to the next request of the frame. */
  void open(RequestMembers request) {
    members = request;
    refusal = null;
  }

  /** The first thing that was wrong, null when nothing was. */
  @Nullable Refusal refusal() {
    return refusal;
  }

  void refuse(ErrorCode code, String detail) {
    if (refusal == null) {
      refusal = Refusal.of(code, detail);
    }
  }

  /** The id of the request itself. */
  RequestId id() {
    return members.hasOneId() ? name(Field.ID) : noId(Field.ID);
  }

  /** The id of the request that started a watch. */
  RequestId watch() {
    return name(Field.WATCH);
  }

  @Nullable String tenant() {
    return members.has(Field.TENANT)
        ? cached(tenants, Field.TENANT, "tenant must be the id of a tenant")
        : null;
  }

  String map() {
    return cached(maps, Field.MAP, "map must be 1 to 128 of A-Z a-z 0-9 _ . -");
  }

  Key key() {
    byte[] key = members.string(Field.KEY);
    if (key != null && EntryKeys.isValid(key)) {
      return Key.of(key);
    }
    return noKey("key must be a string of 1 to 512 bytes without control characters");
  }

  Key prefix() {
    return members.has(Field.PREFIX) ? keyPart(Field.PREFIX) : NO_KEY;
  }

  /** The key to go on after, null for the beginning. */
  @Nullable Key after() {
    Key after = members.has(Field.AFTER) ? keyPart(Field.AFTER) : NO_KEY;
    return after.length() == 0 ? null : after;
  }

  byte[] value() {
    JsonProblem problem = members.valueProblem();
    int from = members.from(Field.VALUE);
    int to = members.to(Field.VALUE);
    if (problem != null) {
      refuse(ErrorCode.INVALID_REQUEST, "value " + problem.text());
    } else if (to - from > maxValueBytes) {
      refuse(ErrorCode.PAYLOAD_TOO_LARGE, "value has more than " + maxValueBytes + " bytes");
    } else {
      return Arrays.copyOfRange(text, from, to);
    }
    return NO_BYTES;
  }

  long ifVersion() {
    return integer(Field.IF_VERSION, 0, MAX_INTEGER, Operation.ANY);
  }

  long ttlMs() {
    return integer(Field.TTL_MS, 1, MAX_TTL_MS, Operation.FOREVER);
  }

  long since() {
    return integer(Field.SINCE, 0, MAX_INTEGER, -1);
  }

  int limit() {
    return (int) integer(Field.LIMIT, 1, MAX_LIMIT, DEFAULT_LIMIT);
  }

  boolean values() {
    if (!members.has(Field.VALUES) || members.kind(Field.VALUES) == 't') {
      return true;
    }
    if (members.kind(Field.VALUES) != 'f') {
      refuse(ErrorCode.INVALID_REQUEST, "values must be true or false");
    }
    return false;
  }

  String token() {
    byte[] token = members.string(Field.TOKEN);
    if (token != null && token.length > 0) {
      return new String(token, UTF_8);
    }
    refuse(ErrorCode.INVALID_REQUEST, "token must be a string that is not empty");
    return "";
  }

  /** The client's idempotency key, null when it sent none. */
  @Nullable String idempotencyKey() {
    if (!members.has(Field.IDEMPOTENCY_KEY)) {
      return null;
    }
    byte[] key = members.string(Field.IDEMPOTENCY_KEY);
    if (key != null && EntryKeys.isValid(key) && key.length <= MAX_IDEMPOTENCY_KEY) {
      return new String(key, UTF_8);
    }
    refuse(
        ErrorCode.INVALID_REQUEST,
        "idempotencyKey must be a string of 1 to 255 bytes without control characters");
    return null;
  }

  private Key keyPart(Field field) {
    byte[] part = members.string(field);
    if (part != null && EntryKeys.isValidPrefix(part)) {
      return Key.of(part);
    }
    return noKey(
        field.wireName() + " must be a string of up to 512 bytes without control characters");
  }

  private Key noKey(String detail) {
    refuse(ErrorCode.INVALID_REQUEST, detail);
    return NO_KEY;
  }

  private RequestId name(Field field) {
    int from = members.from(field);
    int to = members.to(field);
    byte kind = members.kind(field);
    boolean readable = kind == '"' || kind == '-' || (kind >= '0' && kind <= '9');
    return readable && to - from <= RequestId.MAX_BYTES
        ? RequestId.of(text, from, to)
        : noId(field);
  }

  private RequestId noId(Field field) {
    refuse(
        ErrorCode.INVALID_REQUEST,
        field.wireName() + " must be a number or a string of up to 256 bytes");
    return RequestId.NONE;
  }

  private String cached(NameCache cache, Field field, String detail) {
    String name = members.kind(field) == '"' ? lookUp(cache, field) : null;
    if (name == null) {
      refuse(ErrorCode.INVALID_REQUEST, detail);
      return "";
    }
    return name;
  }

  private @Nullable String lookUp(NameCache cache, Field field) {
    if (!members.escaped(field)) {
      return cache.name(text, members.from(field) + 1, members.to(field) - 1);
    }
    byte[] name = members.string(field);
    return name == null ? null : cache.name(name, 0, name.length);
  }

  private long integer(Field field, long least, long most, long absent) {
    if (!members.has(field)) {
      return absent;
    }
    long value = digits(members.from(field), members.to(field));
    if (value < least || value > most) {
      refuse(
          ErrorCode.INVALID_REQUEST,
          field.wireName() + " must be an integer from " + least + " to " + most);
    }
    return value;
  }

  /** The number that the digits say, -1 for anything but up to 18 digits. */
  private long digits(int from, int to) {
    if (to - from > Long.toString(MAX_INTEGER).length()) {
      return -1;
    }
    long value = 0;
    for (int at = from; at < to; at++) {
      if (text[at] < '0' || text[at] > '9') {
        return -1;
      }
      value = 10 * value + (text[at] - '0');
    }
    return value;
  }
}
