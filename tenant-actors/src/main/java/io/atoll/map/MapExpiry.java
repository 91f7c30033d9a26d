package io.atoll.map;

import io.atoll.map.Manifest.PageReference;
import io.atoll.map.MapState.Expiry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.actor.Cancellable;
import org.jspecify.annotations.Nullable;

/**
 * Finds the entries whose time is over and has them removed, so that watchers see it and the
 * tenant's account is freed. Reads do not depend on it: an entry that has expired when a message is
 * taken up is not answered.
 */
final class MapExpiry {
  private static final int KEYS_AT_ONCE = 1000;
  private static final int PAGES_AT_ONCE = 8;
  private static final long LONGEST_WAIT_MS = Duration.ofHours(1).toMillis();

  private final MapCore core;
  private final PageLoads loads;
  private final MapWrites writes;

  /** For a page that was looked through: when the next of its entries expires. */
  private Map<Long, Long> lookedThrough = Map.of();

  /** When the next entry in a page expires; found again when it is not known. */
  private long nextInPages;

  private boolean nextInPagesKnown;
  private int looking;
  private long wakeAt = Long.MAX_VALUE;
  private @Nullable Cancellable alarm;

  MapExpiry(MapCore core, PageLoads loads, MapWrites writes) {
    this.core = core;
    this.loads = loads;
    this.writes = writes;
  }

  /** Sets the one alarm for the next expiry, unless it rings by then or a removal is under way. */
  void schedule() {
    long next = isBusy() ? Long.MAX_VALUE : nextExpiry();
    if (next >= wakeAt) {
      return;
    }
    silence();
    wakeAt = next;
    long wait = Math.clamp(next - core.now(), 1, LONGEST_WAIT_MS);
    alarm =
        core.context.scheduleOnce(
            Duration.ofMillis(wait), core.context.getSelf(), new MapSignal.ExpiryDue());
  }

  /** Queues the removal of what is due, as much as is good at once; the rest comes after it. */
  void due() {
    silence();
    if (isBusy()) {
      return;
    }
    long now = core.now();
    int queued = 0;
    for (Expiry expiry : core.state.expiries().keySet()) {
      if (expiry.at() > now || queued++ >= KEYS_AT_ONCE) {
        break;
      }
      writes.add(new WriteQueue.Expiring(expiry.key()));
    }
    if (nextInPages() <= now) {
      pagesDue(now);
    }
  }

  private void pagesDue(long now) {
    int begun = 0;
    for (PageReference reference : core.state.manifest().pages()) {
      if (expiryOf(reference) <= now && begun++ < PAGES_AT_ONCE) {
        Page page = loads.resident(reference);
        if (page != null) {
          lookThrough(reference, page);
        } else {
          looking++;
          loads.load(reference, loaded -> loaded(reference, loaded));
        }
      }
    }
  }

  private boolean isBusy() {
    return looking > 0 || writes.isExpiring();
  }

  private void silence() {
    wakeAt = Long.MAX_VALUE;
    if (alarm != null) {
      alarm.cancel();
      alarm = null;
    }
  }

  /** The manifest is another one: what is known of pages that it does not have is forgotten. */
  void manifestChanged() {
    nextInPagesKnown = false;
    if (lookedThrough.isEmpty()) {
      return;
    }
    Map<Long, Long> kept = new HashMap<>();
    for (PageReference page : core.state.manifest().pages()) {
      Long known = lookedThrough.get(page.number());
      if (known != null) {
        kept.put(page.number(), known);
      }
    }
    lookedThrough = kept.isEmpty() ? Map.of() : kept;
  }

  private void loaded(PageReference reference, @Nullable Page page) {
    looking--;
    if (page != null) {
      lookThrough(reference, page);
    }
  }

  /** Queues what is over; a page that had any is looked through again when that is removed. */
  private void lookThrough(PageReference reference, Page page) {
    long now = core.now();
    long next = Long.MAX_VALUE;
    int queued = 0;
    for (int i = 0; i < page.count() && queued < KEYS_AT_ONCE; i++) {
      long expiresAt = page.expiresAt(i);
      if (expiresAt < 0) {
        continue;
      }
      Key key = page.entry(i).key();
      if (isHidden(key)) {
        continue;
      }
      if (expiresAt <= now) {
        queued++;
        writes.add(new WriteQueue.Expiring(key));
      } else {
        next = Math.min(next, expiresAt);
      }
    }
    if (queued == 0) {
      if (lookedThrough.isEmpty()) {
        lookedThrough = new HashMap<>();
      }
      lookedThrough.put(reference.number(), next);
      nextInPagesKnown = false;
    }
  }

  private boolean isHidden(Key key) {
    return Receipt.isReceipt(key) || core.state.recent(key) != null;
  }

  private long nextExpiry() {
    return Math.min(core.state.nextRecentExpiry(), nextInPages());
  }

  private long nextInPages() {
    if (!nextInPagesKnown) {
      nextInPagesKnown = true;
      nextInPages = Long.MAX_VALUE;
      for (PageReference page : core.state.manifest().pages()) {
        nextInPages = Math.min(nextInPages, expiryOf(page));
      }
    }
    return nextInPages;
  }

  private long expiryOf(PageReference page) {
    Long known = lookedThrough.get(page.number());
    if (known != null) {
      return known;
    }
    return page.earliestExpiry() < 0 ? Long.MAX_VALUE : page.earliestExpiry();
  }
}
