package io.atoll.http.route;

import io.atoll.access.Scope;
import io.atoll.http.credential.Principal;
import io.atoll.map.Idempotency;
import io.atoll.map.Key;
import io.atoll.map.Operation;
import io.atoll.refusal.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the operations of a batch, each by itself. */
final class BatchItem {
  private static final Map<String, Set<String>> FIELDS =
      Map.of(
          "get", Set.of("op", "map", "key"),
          "set", Set.of("op", "map", "key", "value", "ifVersion", "ttlMs"),
          "delete", Set.of("op", "map", "key", "ifVersion"));

  /** What no client's key can hold. */
  private static final String SEPARATOR = "\n";

  private static final long MAX_VERSION = 999_999_999_999_999_999L;

  private final Principal caller;
  private final int maxValueBytes;
  private final @Nullable Idempotency promise;

  BatchItem(Principal caller, int maxValueBytes, @Nullable Idempotency promise) {
    this.caller = caller;
    this.maxValueBytes = maxValueBytes;
    this.promise = promise;
  }

  /** The operation of the item at this place; throws what is wrong with it. */
  Operation operation(BatchReader.Item item, int place) {
    if (item.flaw() != null) {
      throw RefusedException.invalid(item.flaw());
    }
    String op = item.text("op");
    Set<String> fields = op == null ? null : FIELDS.get(op);
    if (op == null || fields == null) {
      throw RefusedException.invalid("op must be get, set or delete");
    }
    for (String name : item.places().keySet()) {
      if (!fields.contains(name)) {
        throw RefusedException.invalid("unknown field " + Shown.text(name));
      }
    }
    checkScope(op.equals("get") ? Scope.READ : Scope.WRITE);
    String map = Names.map(text(item, "map"));
    Key key = Names.key(text(item, "key"));
    return switch (op) {
      case "get" -> new Operation.Get(map, key);
      case "set" ->
          new Operation.Set(map, key, value(item), ifVersion(item), ttl(item), promise(place));
      default -> new Operation.Delete(map, key, ifVersion(item), promise(place));
    };
  }

  private void checkScope(Scope scope) {
    if (!caller.may(scope)) {
      throw RefusedException.of(
          ErrorCode.FORBIDDEN, "the credential lacks the scope " + scope.apiName());
    }
  }

  private static String text(BatchReader.Item item, String name) {
    String text = item.text(name);
    if (text == null) {
      throw RefusedException.invalid(name + " must be a string");
    }
    return text;
  }

  private byte[] value(BatchReader.Item item) {
    BatchReader.Place place = item.places().get("value");
    if (place == null) {
      throw RefusedException.invalid("value is missing");
    }
    if (place.problem() != null) {
      throw RefusedException.invalid("value " + place.problem().text());
    }
    if (place.to() - place.from() > maxValueBytes) {
      throw RefusedException.of(
          ErrorCode.PAYLOAD_TOO_LARGE, "value is above " + maxValueBytes + " bytes");
    }
    return item.raw(place);
  }

  private static long ifVersion(BatchReader.Item item) {
    return integer(item, "ifVersion", 0, MAX_VERSION, Operation.ANY);
  }

  private static long ttl(BatchReader.Item item) {
    return integer(item, "ttlMs", 1, EntryRoutes.MAX_TTL_MS, Operation.FOREVER);
  }

  private static long integer(
      BatchReader.Item item, String name, long least, long most, long absent) {
    BatchReader.Place place = item.places().get(name);
    if (place == null) {
      return absent;
    }
    long value = Query.digits(new String(item.raw(place), StandardCharsets.UTF_8));
    if (value < least || value > most) {
      throw RefusedException.invalid(name + " must be an integer from " + least + " to " + most);
    }
    return value;
  }

  private @Nullable Idempotency promise(int place) {
    return promise == null
        ? null
        : new Idempotency(promise.key() + SEPARATOR + place, promise.fingerprint());
  }
}
