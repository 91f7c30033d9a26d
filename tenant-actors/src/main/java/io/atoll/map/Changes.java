package io.atoll.map;

import io.atoll.map.MapEvent.Checkpointed;
import io.atoll.map.MapEvent.Cleared;
import io.atoll.map.MapEvent.Deleted;
import io.atoll.map.MapEvent.EntriesChanged;
import io.atoll.map.MapEvent.EntryChange;
import io.atoll.map.MapEvent.Expired;
import io.atoll.map.MapEvent.Put;
import io.atoll.map.MapEvent.Receipted;
import io.atoll.map.WatchReply.Change;
import io.atoll.map.WatchReply.Kind;
import java.util.function.Consumer;

/** Turns events of a map's stream into the numbered changes that watchers see. */
final class Changes {
  private Changes() {}

  /** Hands on the changes of the event that come after {@code since} and match the prefix. */
  static void of(MapEvent event, Key prefix, long since, Consumer<Change> consumer) {
    switch (event) {
      case EntriesChanged changed -> entries(changed, prefix, since, consumer);
      case Cleared cleared -> {
        if (cleared.seq() > since) {
          consumer.accept(new Change(cleared.seq(), Kind.CLEAR, null, null, 0));
        }
      }
      case Checkpointed _ -> {}
    }
  }

  /** The number of the first change of the event, 0 if an event of its kind has none. */
  static long firstSeq(MapEvent event) {
    return switch (event) {
      case EntriesChanged changed -> changed.firstSeq();
      case Cleared cleared -> cleared.seq();
      case Checkpointed _ -> 0;
    };
  }

  /** The number of the last change up to and with the event, 0 if an event of its kind has none. */
  static long lastSeq(MapEvent event) {
    return switch (event) {
      case EntriesChanged changed ->
          changed.firstSeq() - 1 + changed.changes().stream().filter(Changes::isNumbered).count();
      case Cleared cleared -> cleared.seq();
      case Checkpointed _ -> 0;
    };
  }

  private static boolean isNumbered(EntryChange change) {
    return !(change instanceof Receipted);
  }

  private static void entries(
      EntriesChanged event, Key prefix, long since, Consumer<Change> consumer) {
    long seq = event.firstSeq();
    for (EntryChange change : event.changes()) {
      if (change instanceof Receipted) {
        continue;
      }
      if (seq > since && change.key().startsWith(prefix)) {
        consumer.accept(numbered(change, seq));
      }
      seq++;
    }
  }

  private static Change numbered(EntryChange change, long seq) {
    return switch (change) {
      case Put put -> new Change(seq, Kind.SET, put.key(), put.value(), seq);
      case Deleted deleted -> new Change(seq, Kind.DELETE, deleted.key(), null, 0);
      case Expired expired -> new Change(seq, Kind.EXPIRE, expired.key(), null, 0);
      case Receipted _ -> throw new IllegalArgumentException("a receipt has no number");
    };
  }
}
