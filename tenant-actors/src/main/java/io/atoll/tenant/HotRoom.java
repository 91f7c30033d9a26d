package io.atoll.tenant;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The memory that the tenants of a node share. When they need more than there is, those that were
 * used least recently are asked to leave; one that cannot leave now stays and counts as used.
 * Thread-safe.
 */
public final class HotRoom {
  /** Looks at all tenants are apart by this: a burst of starts must not look at each. */
  static final long PAUSE_NANOS = 100_000_000L;

  private final long mostBytes;
  private final LongSupplier nanos;
  private final Set<Place> places = ConcurrentHashMap.newKeySet();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong nextLook;

  /** A room for so many bytes, by a monotonic clock in nanoseconds. */
  public HotRoom(long mostBytes, LongSupplier nanos) {
    this.mostBytes = mostBytes;
    this.nanos = nanos;
    this.nextLook = new AtomicLong(nanos.getAsLong());
  }

  /** One tenant's place. */
  static final class Place {
    private final AtomicLong lastUse;
    private final Runnable leave;
    private long bytes;
    private volatile boolean leaving;

    private Place(AtomicLong lastUse, long bytes, Runnable leave) {
      this.lastUse = lastUse;
      this.bytes = bytes;
      this.leave = leave;
    }
  }

  /** A place as it was when it was looked at. */
  private record Looked(Place place, long lastUse) {}

  /**
   * Takes a place of so many bytes. {@code lastUse} has the time of the tenant's last use at any
   * time; {@code leave} asks it to leave.
   */
  Place enter(AtomicLong lastUse, long size, Runnable leave) {
    Place place = new Place(lastUse, size, leave);
    places.add(place);
    bytes.addAndGet(size);
    settle();
    return place;
  }

  /** The tenant needs so many bytes now. */
  void weigh(Place place, long size) {
    synchronized (place) {
      if (places.contains(place)) {
        bytes.addAndGet(size - place.bytes);
        place.bytes = size;
      }
    }
    settle();
  }

  /** The tenant cannot leave now. */
  void stay(Place place) {
    place.lastUse.setRelease(nanos.getAsLong());
    place.leaving = false;
  }

  /** Gives the place back; a second time does nothing. */
  void leave(Place place) {
    synchronized (place) {
      if (places.remove(place)) {
        bytes.addAndGet(-place.bytes);
      }
    }
  }

  /** Bytes that all need together. */
  public long bytes() {
    return bytes.get();
  }

  private void settle() {
    if (bytes.get() <= mostBytes) {
      return;
    }
    long now = nanos.getAsLong();
    long next = nextLook.get();
    if (now - next >= 0 && nextLook.compareAndSet(next, now + PAUSE_NANOS)) {
      askToLeave();
    }
  }

  /** Asks so many that a twentieth of the room is free when they are gone. */
  private void askToLeave() {
    List<Looked> staying = new ArrayList<>();
    long needed = 0;
    for (Place place : places) {
      if (!place.leaving) {
        needed += place.bytes;
        staying.add(new Looked(place, place.lastUse.getAcquire()));
      }
    }
    if (needed <= mostBytes) {
      return;
    }
    long now = nanos.getAsLong();
    staying.sort(Comparator.comparingLong(one -> one.lastUse() - now));
    for (Looked one : staying) {
      if (needed <= mostBytes - mostBytes / 20) {
        return;
      }
      needed -= one.place().bytes;
      one.place().leaving = true;
      one.place().leave.run();
    }
  }
}
