package io.atoll.map;

import io.atoll.map.Manifest.PageReference;
import io.atoll.map.MapEvent.Checkpointed;
import io.atoll.map.MapEvent.Cleared;
import io.atoll.map.MapEvent.Deleted;
import io.atoll.map.MapEvent.EntriesChanged;
import io.atoll.map.MapEvent.EntryChange;
import io.atoll.map.MapEvent.Expired;
import io.atoll.map.MapEvent.Put;
import io.atoll.map.MapEvent.Receipted;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/**
 * A map as it is after the events of its stream: recent changes by key, and beneath them the pages
 * of the manifest. Immutable, so that scans and checkpoints read it while the map goes on.
 *
 * @param ordinal events so far, which is the last event's journal sequence number
 * @param seq the number of the last change
 * @param at the time of the last event, epoch milliseconds
 * @param generation how often the map was dropped
 * @param recentBytes about how much memory the recent changes take
 * @param expiries the expiring entries among the recent changes, in order of time
 */
record MapState(
    long ordinal,
    long seq,
    long at,
    long generation,
    long entries,
    long bytes,
    SlotTree recent,
    long recentBytes,
    TreePMap<Expiry, Boolean> expiries,
    Manifest manifest,
    HistoryMarks marks)
    implements MapSnapshot {

  static final MapState EMPTY =
      new MapState(
          0, 0, 0, 0, 0, 0, SlotTree.EMPTY, 0, TreePMap.empty(), Manifest.EMPTY, HistoryMarks.NONE);

  /** What a slot costs beyond its key and value, in bytes. */
  private static final int SLOT_OVERHEAD = 128;

  /** An entry's time of expiry, epoch milliseconds, with its key. */
  record Expiry(long at, Key key) implements Comparable<Expiry> {
    @Override
    public int compareTo(Expiry other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : key.compareTo(other.key);
    }
  }

  /** The state after this event. The same for live changes and for replay; cannot fail. */
  MapState apply(MapEvent event) {
    return switch (event) {
      case EntriesChanged changed -> changed(changed);
      case Cleared cleared -> cleared(cleared);
      case Checkpointed checkpointed -> checkpointed(checkpointed);
    };
  }

  /** What the recent changes say of the key, null if nothing. */
  @Nullable Slot recent(Key key) {
    return recent.get(key);
  }

  /** The page that would hold the key, null if the map has no pages. */
  @Nullable PageReference page(Key key) {
    return manifest.pageOf(key);
  }

  /** When the next entry expires, epoch milliseconds; {@link Long#MAX_VALUE} for never. */
  long nextRecentExpiry() {
    return expiries.isEmpty() ? Long.MAX_VALUE : expiries.firstKey().at();
  }

  private MapState changed(EntriesChanged event) {
    Recents recents = new Recents(this);
    long number = event.firstSeq();
    for (EntryChange change : event.changes()) {
      switch (change) {
        case Put put -> recents.put(put.key(), live(put.value(), number++, put.expiresAt()), true);
        case Deleted deleted -> {
          recents.put(deleted.key(), new Slot.Gone(ordinal + 1), true);
          number++;
        }
        case Expired expired -> {
          recents.put(expired.key(), new Slot.Gone(ordinal + 1), true);
          number++;
        }
        case Receipted receipted ->
            recents.put(
                receipted.key(),
                live(receipted.receipt().toValue(), 0, receipted.receipt().expiresAt()),
                false);
      }
    }
    return new MapState(
        ordinal + 1,
        number - 1,
        event.at(),
        generation,
        event.entries(),
        event.bytes(),
        recents.slots,
        recents.bytes,
        recents.expiries,
        manifest,
        marks.after(event.firstSeq(), ordinal + 1, event.at()));
  }

  private Slot.Live live(byte[] value, long version, long expiresAt) {
    return new Slot.Live(value, version, expiresAt, ordinal + 1);
  }

  private MapState cleared(Cleared event) {
    return new MapState(
        ordinal + 1,
        event.seq(),
        event.at(),
        event.generation(),
        0,
        0,
        SlotTree.EMPTY,
        0,
        TreePMap.empty(),
        Manifest.EMPTY,
        marks.after(event.seq(), ordinal + 1, event.at()));
  }

  private MapState checkpointed(Checkpointed event) {
    Recents recents = new Recents(EMPTY);
    for (SlotTree.Item item : recent) {
      if (item.slot().ordinal() > event.throughOrdinal()) {
        recents.put(item.key(), item.slot(), !Receipt.isReceipt(item.key()));
      }
    }
    return new MapState(
        ordinal + 1,
        seq,
        event.at(),
        generation,
        entries,
        bytes,
        recents.slots,
        recents.bytes,
        recents.expiries,
        event.manifest(),
        marks.from(event.historyFrom()));
  }

  /** The recent changes while they are being changed. */
  private static final class Recents {
    private SlotTree slots;
    private TreePMap<Expiry, Boolean> expiries;
    private long bytes;

    Recents(MapState state) {
      this.slots = state.recent;
      this.expiries = state.expiries;
      this.bytes = state.recentBytes;
    }

    void put(Key key, Slot slot, boolean announced) {
      Slot before = slots.get(key);
      if (before != null) {
        forget(key, before);
      }
      slots = slots.with(key, slot);
      bytes += size(key, slot);
      if (announced && slot instanceof Slot.Live live && live.expiresAt() >= 0) {
        expiries = expiries.plus(new Expiry(live.expiresAt(), key), true);
      }
    }

    private void forget(Key key, Slot slot) {
      bytes -= size(key, slot);
      if (slot instanceof Slot.Live live && live.expiresAt() >= 0) {
        expiries = expiries.minus(new Expiry(live.expiresAt(), key));
      }
    }

    private static long size(Key key, Slot slot) {
      int value = slot instanceof Slot.Live live ? live.value().length : 0;
      return (long) SLOT_OVERHEAD + key.length() + value;
    }
  }
}
