package io.atoll.map;

import io.atoll.map.Manifest.PageReference;
import io.atoll.map.PageStore.PageBytes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Folds the recent changes of one state into new pages: pages without changes stay as they are, the
 * others are written again, split where they grow and joined where they shrink. Blocks on the page
 * store, so it runs on a thread of its own. Not thread-safe.
 */
final class Fold {
  /** Bytes of pages that are written together. */
  private static final int WRITE_GROUP = 1 << 20;

  private final MapState state;
  private final StreamPages pages;
  private final int targetBytes;
  private final long now;
  private final Pace pace;
  private long lastWrite = System.nanoTime();
  private final PageBuilder builder = new PageBuilder();
  private final List<PageReference> folded = new ArrayList<>();
  private final List<Long> obsolete = new ArrayList<>();
  private final List<Long> written = new ArrayList<>();
  private final List<PageBytes> unwritten = new ArrayList<>();

  private int unwrittenBytes;

  /** Which of the unwritten pages are kept in memory: those in place of pages that were there. */
  private final Set<Long> hot = new HashSet<>();

  /** Whether what is in the builder comes from a page that is in memory. */
  private boolean resident;

  /** The new manifest, the pages that it no longer needs, and those that were written for it. */
  record Result(Manifest manifest, List<Long> obsolete, List<Long> written) {}

  /** Called after each group of pages with the time that it took, in nanoseconds. */
  @FunctionalInterface
  interface Pace {
    /** A fold that does not rest. */
    Pace AT_ONCE = _ -> {};

    void pause(long workedNanos) throws InterruptedException;
  }

  Fold(MapState state, StreamPages pages, int targetBytes, long now, Pace pace) {
    this.pace = pace;
    this.state = state;
    this.pages = pages;
    this.targetBytes = targetBytes;
    this.now = now;
  }

  /** Writes the pages; durable when it returns. On failure what was written is deleted again. */
  Result run() throws Exception {
    try {
      foldAll();
      return new Result(new Manifest(folded), obsolete, written);
    } catch (Exception e) {
      pages.deleteQuietly(written);
      throw e;
    }
  }

  private void foldAll() throws Exception {
    Changes changes = new Changes(state);
    List<PageReference> old = state.manifest().pages();
    if (old.isEmpty()) {
      merge(null, changes.before(null));
    }
    for (int i = 0; i < old.size(); i++) {
      Key end = i + 1 < old.size() ? old.get(i + 1).firstKey() : null;
      foldPage(old.get(i), changes.before(end));
    }
    flush();
    write();
  }

  private void foldPage(PageReference reference, List<SlotTree.Item> changes) throws Exception {
    boolean join = !builder.isEmpty() && builder.bytes() + reference.bytes() <= targetBytes;
    if (changes.isEmpty() && !join) {
      flush();
      folded.add(reference);
      return;
    }
    resident |= pages.isResident(reference);
    obsolete.add(reference.number());
    merge(pages.await(reference), changes);
  }

  private void merge(@Nullable Page page, List<SlotTree.Item> changes) throws Exception {
    int index = 0;
    int count = page == null ? 0 : page.count();
    for (SlotTree.Item change : changes) {
      int ceiling = page == null ? 0 : page.ceiling(change.key());
      for (; page != null && index < ceiling; index++) {
        add(page, index);
      }
      if (page != null && index < count && page.hasKey(index, change.key())) {
        index++;
      }
      if (change.slot() instanceof Slot.Live live) {
        add(new Entry(change.key(), live.value(), live.version(), live.expiresAt()));
      }
    }
    for (; page != null && index < count; index++) {
      add(page, index);
    }
    if (builder.bytes() >= targetBytes / 2) {
      flush();
    }
  }

  private void add(Entry entry) throws Exception {
    if (Receipt.isReceipt(entry.key()) && entry.expiredAt(now)) {
      return;
    }
    makeRoom(PageBuilder.size(entry));
    builder.add(entry);
  }

  private void add(Page page, int index) throws Exception {
    long expiresAt = page.expiresAt(index);
    if (expiresAt >= 0 && expiresAt <= now && Receipt.isReceipt(page.key(index))) {
      return;
    }
    makeRoom(PageBuilder.size(page, index));
    builder.add(page, index);
  }

  private void makeRoom(int bytes) throws Exception {
    if (!builder.isEmpty() && builder.bytes() + bytes > targetBytes) {
      flush();
    }
  }

  private void flush() throws Exception {
    if (builder.isEmpty()) {
      return;
    }
    long number = ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
    Key firstKey = builder.firstKey();
    long earliestExpiry = builder.earliestExpiry();
    byte[] bytes = builder.build();
    folded.add(new PageReference(number, firstKey, earliestExpiry, bytes.length));
    unwritten.add(new PageBytes(number, bytes));
    if (resident) {
      hot.add(number);
    }
    resident = false;
    unwrittenBytes += bytes.length;
    if (unwrittenBytes >= WRITE_GROUP) {
      write();
    }
  }

  private void write() throws Exception {
    if (unwritten.isEmpty()) {
      return;
    }
    List<PageBytes> group = List.copyOf(unwritten);
    unwritten.clear();
    unwrittenBytes = 0;
    group.forEach(page -> written.add(page.number()));
    pages.write(group, hot);
    hot.clear();
    pace.pause(System.nanoTime() - lastWrite);
    lastWrite = System.nanoTime();
  }

  /** The recent changes in key order, taken range by range. */
  private static final class Changes {
    private final java.util.Iterator<SlotTree.Item> rest;
    private SlotTree.@Nullable Item head;

    Changes(MapState state) {
      this.rest = state.recent().iterator();
      this.head = rest.hasNext() ? rest.next() : null;
    }

    /** Those that come before {@code end}, all that are left when it is null. */
    List<SlotTree.Item> before(@Nullable Key end) {
      List<SlotTree.Item> taken = new ArrayList<>();
      while (head != null && (end == null || head.key().compareTo(end) < 0)) {
        taken.add(head);
        head = rest.hasNext() ? rest.next() : null;
      }
      return taken;
    }
  }
}
