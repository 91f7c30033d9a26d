package io.atoll.map;

import io.atoll.map.Manifest.PageReference;
import io.atoll.map.MapState.Expiry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the entries whose time is over and has them removed, so that watchers see it and the
 * tenant's account is freed. Reads do not depend on it: an entry is never answered after its
 * expiry.
 */
final class MapExpiry {
  private static final int KEYS_AT_ONCE = 1000;
  private static final long LONGEST_WAIT_MS = Duration.ofHours(1).toMillis();

  private final MapCore core;
  private final PageLoads loads;
  private final MapWrites writes;

  /** For a page that was looked through: when the next of its entries expires. */
  private final Map<Long, Long> lookedThrough = new HashMap<>();

  private long wakeAt = Long.MAX_VALUE;

  MapExpiry(MapCore core, PageLoads loads, MapWrites writes) {
    this.core = core;
    this.loads = loads;
    this.writes = writes;
  }

  /** Sets the alarm for the next expiry, if it is not set so already. */
  void schedule() {
    long next = Math.min(core.state.nextRecentExpiry(), nextPageExpiry());
    if (next == Long.MAX_VALUE || next == wakeAt) {
      return;
    }
    wakeAt = next;
    long wait = Math.clamp(next - core.now(), 1, LONGEST_WAIT_MS);
    core.context.scheduleOnce(
        Duration.ofMillis(wait), core.context.getSelf(), new MapSignal.ExpiryDue());
  }

  /** Queues the removal of what is due. */
  void due() {
    wakeAt = Long.MAX_VALUE;
    long now = core.now();
    int queued = 0;
    for (Expiry expiry : core.state.expiries().keySet()) {
      if (expiry.at() > now || queued++ >= KEYS_AT_ONCE) {
        break;
      }
      writes.add(new WriteQueue.Expiring(expiry.key()));
    }
    for (PageReference page : core.state.manifest().pages()) {
      if (expiryOf(page) <= now) {
        loads.load(page, loaded -> lookThrough(page, loaded));
      }
    }
  }

  /** The manifest is another one: what is known of pages that it does not have is forgotten. */
  void manifestChanged() {
    Map<Long, Long> kept = new HashMap<>();
    for (PageReference page : core.state.manifest().pages()) {
      Long known = lookedThrough.get(page.number());
      if (known != null) {
        kept.put(page.number(), known);
      }
    }
    lookedThrough.clear();
    lookedThrough.putAll(kept);
  }

  private void lookThrough(PageReference reference, @Nullable Page page) {
    if (page == null) {
      return;
    }
    long now = core.now();
    long next = Long.MAX_VALUE;
    int queued = 0;
    for (int i = 0; i < page.count(); i++) {
      Entry entry = page.entry(i);
      if (entry.expiresAt() < 0 || isHidden(entry.key())) {
        continue;
      }
      if (entry.expiresAt() <= now && queued < KEYS_AT_ONCE) {
        queued++;
        writes.add(new WriteQueue.Expiring(entry.key()));
      } else {
        next = Math.min(next, entry.expiresAt());
      }
    }
    lookedThrough.put(reference.number(), next);
  }

  private boolean isHidden(Key key) {
    return Receipt.isReceipt(key) || core.state.recent(key) != null;
  }

  private long nextPageExpiry() {
    long next = Long.MAX_VALUE;
    for (PageReference page : core.state.manifest().pages()) {
      next = Math.min(next, expiryOf(page));
    }
    return next;
  }

  private long expiryOf(PageReference page) {
    Long known = lookedThrough.get(page.number());
    if (known != null) {
      return known;
    }
    return page.earliestExpiry() < 0 ? Long.MAX_VALUE : page.earliestExpiry();
  }
}
