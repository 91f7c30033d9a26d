package io.atoll.map;

import io.atoll.map.Manifest.PageReference;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Goes over the live entries of one state in key order, merging recent changes with pages. A page
 * is asked for when it is needed, so that the caller may load it in its own time. Not thread-safe.
 */
final class Walk {
  /** The lowest key of an entry; receipts come before it. */
  private static final Key LOWEST = Key.of(new byte[] {1});

  private static final Step END = new End();

  private final MapState state;
  private final Key prefix;
  private final long now;
  private final Key from;
  private int pageIndex;
  private @Nullable Page page;
  private int entryIndex;
  private final Iterator<SlotTree.Item> slots;
  private SlotTree.@Nullable Item slot;
  private final boolean exclusive;

  /** What comes next. */
  sealed interface Step {}

  /** The next entry. */
  record Next(Entry entry) implements Step {}

  /** The page to {@link #supply} before the walk can go on. */
  record Need(PageReference page) implements Step {}

  /** There are no more entries. */
  record End() implements Step {}

  /** Entries whose keys start with the prefix and come after {@code after}, as of {@code now}. */
  Walk(MapState state, Key prefix, @Nullable Key after, long now) {
    this.state = state;
    this.prefix = prefix;
    this.now = now;
    Key start = prefix.compareTo(LOWEST) < 0 ? LOWEST : prefix;
    boolean exclusive = after != null && after.compareTo(start) >= 0;
    this.from = exclusive && after != null ? after : start;
    this.slots = state.recent().from(from);
    nextSlot();
    if (exclusive && slot != null && slot.key().equals(from)) {
      nextSlot();
    }
    this.pageIndex = Math.max(0, state.manifest().indexOf(from));
    this.exclusive = exclusive;
  }

  private void nextSlot() {
    slot = slots.hasNext() ? slots.next() : null;
  }

  /** Gives the page that was needed. */
  void supply(Page needed) {
    this.page = needed;
    this.entryIndex = needed.ceiling(from);
    if (exclusive && entryIndex < needed.count() && needed.entry(entryIndex).key().equals(from)) {
      entryIndex++;
    }
  }

  /** The next entry, or the page that is needed for it, or the end. */
  Step next() {
    while (true) {
      PageReference reference = reference();
      if (reference != null && page == null && !slotComesBefore(reference)) {
        return new Need(reference);
      }
      Entry stored = stored();
      if (page != null && stored == null) {
        page = null;
        pageIndex++;
        continue;
      }
      if (slot == null && stored == null) {
        return END;
      }
      Entry entry = takeLower(stored);
      if (entry == null) {
        continue;
      }
      if (!entry.key().startsWith(prefix)) {
        return END;
      }
      if (!entry.expiredAt(now)) {
        return new Next(entry);
      }
    }
  }

  /** The page in turn, null when no page can hold a further key with the prefix. */
  private @Nullable PageReference reference() {
    var pages = state.manifest().pages();
    if (pageIndex >= pages.size()) {
      return null;
    }
    PageReference reference = pages.get(pageIndex);
    return page == null && isBeyond(reference) ? null : reference;
  }

  /** The page after the one in turn, null when it cannot hold a key with the prefix. */
  @Nullable PageReference following() {
    var pages = state.manifest().pages();
    if (pageIndex + 1 >= pages.size()) {
      return null;
    }
    PageReference following = pages.get(pageIndex + 1);
    return isBeyond(following) ? null : following;
  }

  /** How many entries of the present page are still to come. */
  int leftInPage() {
    return page == null ? 0 : page.count() - entryIndex;
  }

  private boolean isBeyond(PageReference reference) {
    return reference.firstKey().compareTo(prefix) > 0 && !reference.firstKey().startsWith(prefix);
  }

  private boolean slotComesBefore(PageReference reference) {
    return slot != null && pageIndex > 0 && slot.key().compareTo(reference.firstKey()) < 0;
  }

  private @Nullable Entry stored() {
    Page present = page;
    return present != null && entryIndex < present.count() ? present.entry(entryIndex) : null;
  }

  /** Takes the lower of the two; a recent change hides what the page says of the same key. */
  private @Nullable Entry takeLower(@Nullable Entry stored) {
    SlotTree.Item change = slot;
    int order = change == null ? 1 : stored == null ? -1 : change.key().compareTo(stored.key());
    if (order >= 0 && stored != null) {
      entryIndex++;
    }
    if (order > 0 || change == null) {
      return stored;
    }
    nextSlot();
    return change.slot() instanceof Slot.Live live
        ? new Entry(change.key(), live.value(), live.version(), live.expiresAt())
        : beyondPrefix(change.key());
  }

  /** A deleted key that is past the prefix ends the walk as an entry there would. */
  private @Nullable Entry beyondPrefix(Key key) {
    if (key.compareTo(prefix) > 0 && !key.startsWith(prefix)) {
      slot = null;
    }
    return null;
  }
}
