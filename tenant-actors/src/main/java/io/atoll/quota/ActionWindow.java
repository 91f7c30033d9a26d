package io.atoll.quota;

import io.atoll.quota.ActionUse.Stamp;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * The uses of one named action within its window: never more than the limit in any window.
 *
 * <p>A log of epoch milliseconds with counts, oldest first. Up to a limit of {@link #EXACT_LIMIT}
 * each millisecond has its own stamp; above it, and when unlimited, stamps of one sixtieth of the
 * window are merged at the later time, which holds uses a little longer and never shorter.
 *
 * <p>When the clock was set back, stamps that lie ahead of it are moved to the present: they hold
 * for one whole window more at most. Not thread-safe.
 */
final class ActionWindow {
  /** The largest limit that is counted to the millisecond. */
  static final long EXACT_LIMIT = 1000;

  private static final long SLICES = 60;

  private final Deque<Stamp> stamps = new ArrayDeque<>();
  private long total;

  /** Uses within the window that ends now. */
  long used(ActionLimit limit, long now) {
    bringBack(now);
    while (!stamps.isEmpty() && now - stamps.getFirst().at() >= limit.windowMs()) {
      total -= stamps.removeFirst().count();
    }
    return total;
  }

  /** Whether so many more uses stay within the limit now. */
  boolean passes(ActionLimit limit, long count, long now) {
    long used = used(limit, now);
    return limit.limit() == Quota.UNLIMITED || count <= limit.limit() - used;
  }

  /** Counts uses, whatever the limit; the total stops at {@link Quota#MAX_LIMIT}. */
  void add(ActionLimit limit, long count, long now) {
    long counted = Math.min(count, Quota.MAX_LIMIT - used(limit, now));
    total += counted;
    if (!stamps.isEmpty() && isMerged(limit, stamps.getLast().at(), now)) {
      stamps.addLast(new Stamp(now, stamps.removeLast().count() + counted));
    } else {
      stamps.addLast(new Stamp(now, counted));
    }
  }

  /**
   * Milliseconds until so many uses that do not pass now will, if there are no others; {@link
   * Denial#NEVER} if they are above the limit.
   */
  long retryAfterMs(ActionLimit limit, long count, long now) {
    if (count > limit.limit()) {
      return Denial.NEVER;
    }
    Iterator<Stamp> oldestFirst = stamps.iterator();
    Stamp leaving = oldestFirst.next();
    long left = total - leaving.count();
    while (left + count > limit.limit()) {
      leaving = oldestFirst.next();
      left -= leaving.count();
    }
    return leaving.at() + limit.windowMs() - now;
  }

  /** When the oldest use leaves the window; now if there is none. */
  long resetAt(ActionLimit limit, long now) {
    return used(limit, now) == 0 ? now : stamps.getFirst().at() + limit.windowMs();
  }

  List<Stamp> stamps() {
    return List.copyOf(stamps);
  }

  /** Takes over a log that was exported, in place of what is there. */
  void restore(List<Stamp> exported) {
    stamps.clear();
    stamps.addAll(exported);
    total = exported.stream().mapToLong(Stamp::count).sum();
  }

  private void bringBack(long now) {
    long ahead = 0;
    while (!stamps.isEmpty() && stamps.getLast().at() > now) {
      ahead += stamps.removeLast().count();
    }
    if (ahead > 0) {
      stamps.addLast(new Stamp(now, ahead));
    }
  }

  private static boolean isMerged(ActionLimit limit, long last, long now) {
    boolean exact = limit.limit() != Quota.UNLIMITED && limit.limit() <= EXACT_LIMIT;
    long slice = exact ? 1 : Math.max(1, limit.windowMs() / SLICES);
    return Math.floorDiv(last, slice) == Math.floorDiv(now, slice);
  }
}
