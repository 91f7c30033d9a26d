package io.atoll.map;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.atoll.refusal.ErrorCode;
import java.util.List;
import org.pcollections.TreePMap;

/**
 * What a map should hold and answer: a plain sorted map and the number of the last change.
 * Immutable, so that every moment of a run can be kept.
 */
record SortedModel(TreePMap<Key, Held> entries, long seq) {
  static final SortedModel EMPTY = new SortedModel(TreePMap.empty(), 0);

  /** A value as text and the version of its entry. */
  record Held(String value, long version) {}

  /** The model after an operation, and the answer that is right, as text. */
  record Answered(SortedModel after, String answer) {}

  Answered apply(Operation.OnMap operation) {
    return switch (operation) {
      case Operation.Get get -> new Answered(this, found(entries.get(get.key())));
      case Operation.Scan scan -> new Answered(this, scanned(scan));
      case Operation.Set set when holds(set) -> {
        String value = new String(set.value(), UTF_8);
        var after = entries.plus(set.key(), new Held(value, seq + 1));
        boolean created = !entries.containsKey(set.key());
        yield new Answered(new SortedModel(after, seq + 1), "written " + (seq + 1) + created);
      }
      case Operation.Delete delete when holds(delete) && entries.containsKey(delete.key()) ->
          new Answered(new SortedModel(entries.minus(delete.key()), seq + 1), "removed");
      case Operation.Write write ->
          new Answered(
              this,
              (holds(write) ? ErrorCode.KEY_NOT_FOUND : ErrorCode.VERSION_MISMATCH).toString());
    };
  }

  SortedModel cleared() {
    return new SortedModel(TreePMap.empty(), seq + 1);
  }

  /** The version of the entry, 0 if there is none. */
  long version(Key key) {
    Held held = entries.get(key);
    return held == null ? 0 : held.version();
  }

  long bytes() {
    return entries.entrySet().stream()
        .mapToLong(entry -> entry.getKey().length() + entry.getValue().value().length())
        .sum();
  }

  /** An answer of the map in the form of this model's answers. */
  static String text(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Found found ->
          found(new Held(new String(found.value(), UTF_8), found.version()));
      case Outcome.Scanned scanned ->
          scanned.items().stream().map(SortedModel::item).toList() + " next " + scanned.next();
      case Outcome.Written written -> "written " + written.version() + written.created();
      case Outcome.Removed _ -> "removed";
      case Outcome.Refused refused -> refused.refusal().code().toString();
      case Outcome.MapsListed _ -> throw new AssertionError("a map does not list maps");
    };
  }

  private boolean holds(Operation.Write write) {
    long version = version(write.key());
    return write.ifVersion() == Operation.ANY
        || (write.ifVersion() == Operation.PRESENT ? version > 0 : write.ifVersion() == version);
  }

  private String scanned(Operation.Scan scan) {
    List<Outcome.Item> matching =
        entries.entrySet().stream()
            .filter(entry -> entry.getKey().startsWith(scan.prefix()))
            .map(entry ->
                new Outcome.Item(
                    entry.getKey(),
                    entry.getValue().value().getBytes(UTF_8),
                    entry.getValue().version()))
            .toList();
    List<Outcome.Item> page = matching.subList(0, Math.min(scan.limit(), matching.size()));
    Key next = page.size() < matching.size() ? page.getLast().key() : null;
    return page.stream().map(SortedModel::item).toList() + " next " + next;
  }

  private static String found(Held held) {
    return held == null ? ErrorCode.KEY_NOT_FOUND.toString() : held.toString();
  }

  private static String item(Outcome.Item item) {
    return item.key() + "=" + new Held(new String(item.value(), UTF_8), item.version());
  }
}
