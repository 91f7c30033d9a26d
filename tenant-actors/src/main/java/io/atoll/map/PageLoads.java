package io.atoll.map;

import io.atoll.map.Manifest.PageReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pages that one map is reading, and what waits for each. A page is read once however many
 * wait; those go on in the order in which they came. Used by the map's actor only.
 */
final class PageLoads {
  /** Pages that are read at the same time at most: each takes memory until its readers had it. */
  static final int AT_ONCE = 32;

  private final MapCore core;

  /** Empty while nothing is read, as it is for most maps. */
  private Map<Long, List<Waiter>> waiting = Map.of();

  private @Nullable ArrayDeque<PageReference> unread;
  private int reading;

  /**
   * Goes on with the page, which may no longer be in the manifest; null says that it was replaced
   * and deleted meanwhile, so that the reader has to look into the present state.
   */
  interface Waiter {
    void go(@Nullable Page page);

    /** The page cannot be had now. */
    default void giveUp() {
      go(null);
    }
  }

  PageLoads(MapCore core) {
    this.core = core;
  }

  /** The page if it is in memory. */
  @Nullable Page resident(PageReference reference) {
    return core.pages.resident(reference);
  }

  /** Reads the page; the waiter goes on when it is there. */
  void load(PageReference reference, Waiter waiter) {
    List<Waiter> waiters = waiting.get(reference.number());
    if (waiters != null) {
      waiters.add(waiter);
      return;
    }
    if (waiting.isEmpty()) {
      waiting = new HashMap<>();
    }
    waiters = new ArrayList<>(1);
    waiters.add(waiter);
    waiting.put(reference.number(), waiters);
    if (reading < AT_ONCE) {
      read(reference);
    } else {
      unread().addLast(reference);
    }
  }

  private ArrayDeque<PageReference> unread() {
    ArrayDeque<PageReference> queue = unread;
    if (queue == null) {
      queue = new ArrayDeque<>();
      unread = queue;
    }
    return queue;
  }

  private void readOn() {
    ArrayDeque<PageReference> queue = unread;
    while (queue != null && reading < AT_ONCE && !queue.isEmpty()) {
      read(queue.removeFirst());
    }
    if (waiting.isEmpty()) {
      waiting = Map.of();
      unread = null;
    }
  }

  private void read(PageReference reference) {
    reading++;
    core.context.pipeToSelf(
        core.pages.load(reference),
        (page, failure) -> new MapSignal.PageLoaded(reference, page, failure));
  }

  /** Lets those go on that waited for this page. */
  void loaded(PageReference reference, @Nullable Page page) {
    reading--;
    List<Waiter> waiters = waiting.remove(reference.number());
    if (waiters != null) {
      waiters.forEach(waiter -> waiter.go(page));
    }
    readOn();
  }

  /** The store did not give this page: nobody waits for it any more. */
  void failed(PageReference reference) {
    reading--;
    List<Waiter> waiters = waiting.remove(reference.number());
    if (waiters != null) {
      waiters.forEach(Waiter::giveUp);
    }
    readOn();
  }

  /** Nobody waits for any page any more. */
  void giveUp() {
    List<Waiter> all = waiting.values().stream().flatMap(List::stream).toList();
    waiting = Map.of();
    unread = null;
    all.forEach(Waiter::giveUp);
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }
}
