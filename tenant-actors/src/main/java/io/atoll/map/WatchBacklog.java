package io.atoll.map;

import io.atoll.map.WatchReply.Change;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes that became durable and wait for one watcher. The room is bounded: when it is full, all
 * that waits is let go, and only the place in the stream is kept from where to read it back. Not
 * thread-safe.
 */
final class WatchBacklog {
  private final MapSettings settings;
  private final Key prefix;
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private long changes;
  private long bytes;
  private @Nullable Place missed;

  /** A place in the map's stream: an event, and the number of its first change. */
  record Place(long ordinal, long seq) {}

  /** The changes of one event. */
  private record Waiting(Place place, List<Change> changes, long bytes) {}

  WatchBacklog(MapSettings settings, Key prefix) {
    this.settings = settings;
    this.prefix = prefix;
  }

  /** Keeps the changes of the event with this ordinal, or lets go of all of them. */
  void add(long ordinal, MapEvent event) {
    if (missed != null) {
      return;
    }
    List<Change> matching = new ArrayList<>();
    Changes.of(event, prefix, 0, matching::add);
    if (matching.isEmpty()) {
      return;
    }
    Place place = new Place(ordinal, Changes.firstSeq(event));
    Waiting next = new Waiting(place, matching, matching.stream().mapToLong(Change::size).sum());
    waiting.addLast(next);
    changes += matching.size();
    bytes += next.bytes();
    if (changes > settings.watchChanges() || bytes > settings.watchBytes()) {
      Place first = waiting.getFirst().place();
      clear();
      missed = first;
    }
  }

  /** The changes that have waited longest, all of one event; empty if none wait. */
  List<Change> poll() {
    Waiting next = waiting.pollFirst();
    if (next == null) {
      return List.of();
    }
    changes -= next.changes().size();
    bytes -= next.bytes();
    return next.changes();
  }

  /** Whether there was no room, so that changes have to be read back. */
  boolean isCutOff() {
    return missed != null;
  }

  /** From where to read back, null for nothing; later changes are kept again. */
  @Nullable Place takeMissed() {
    Place place = missed;
    missed = null;
    return place;
  }

  /** Forgets all that waits. */
  void clear() {
    waiting.clear();
    changes = 0;
    bytes = 0;
    missed = null;
  }
}
