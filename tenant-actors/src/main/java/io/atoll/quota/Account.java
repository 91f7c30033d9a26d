package io.atoll.quota;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant's maps hold together: live entries and their bytes of keys and values. A tenant and
 * its maps share one, so its caps are exact whoever grows first. Neither figure is ever negative.
 * Thread-safe.
 */
public final class Account {
  private final AtomicLong readBytes = new AtomicLong();
  private final AtomicLong unusedOperations = new AtomicLong();
  private long entryLimit;
  private long byteLimit;
  private long entries;
  private long bytes;
  private Runnable levelReached = () -> {};

  public Account(long entryLimit, long byteLimit) {
    this.entryLimit = entryLimit;
    this.byteLimit = byteLimit;
  }

  /** An account with the caps of these quotas, in which nothing is held. */
  public static Account of(Quotas quotas) {
    return new Account(quotas.limit(Quota.ENTRIES), quotas.limit(Quota.STORAGE_BYTES));
  }

  /**
   * Adds both changes or, if a growth would pass its cap, neither. A change that does not grow
   * always passes its own cap.
   */
  public synchronized @Nullable Denial reserve(long moreEntries, long moreBytes) {
    Denial denial = check(moreEntries, moreBytes);
    if (denial == null) {
      restore(moreEntries, moreBytes);
    }
    return denial;
  }

  /** Why {@link #reserve} would refuse now; null if it would not. */
  public synchronized @Nullable Denial check(long moreEntries, long moreBytes) {
    if (!Denial.passesCap(entryLimit, entries, moreEntries)) {
      return Denial.ofCap(Quota.ENTRIES, entries, entryLimit);
    }
    return Denial.passesCap(byteLimit, bytes, moreBytes)
        ? null
        : Denial.ofCap(Quota.STORAGE_BYTES, bytes, byteLimit);
  }

  /** Gives back what was reserved or held. */
  public void release(long fewerEntries, long fewerBytes) {
    restore(-fewerEntries, -fewerBytes);
  }

  /** Adds what is there already, as when a map is loaded, whatever the caps. */
  public synchronized void restore(long moreEntries, long moreBytes) {
    long entriesBefore = entries;
    long bytesBefore = bytes;
    entries = Math.max(0, entries + moreEntries);
    bytes = Math.max(0, bytes + moreBytes);
    if (rises(entriesBefore, entries, entryLimit) || rises(bytesBefore, bytes, byteLimit)) {
      levelReached.run();
    }
  }

  private static boolean rises(long before, long after, long limit) {
    return limit > 0
        && after > before
        && UsageLevels.reached(after, limit) > UsageLevels.reached(before, limit);
  }

  /** Runs this whenever a level of use is reached, in the thread of whoever reached it. */
  public synchronized void onLevelReached(Runnable action) {
    levelReached = action;
  }

  /** Puts other caps in force; what is held stays. */
  public synchronized void limits(long newEntryLimit, long newByteLimit) {
    entryLimit = newEntryLimit;
    byteLimit = newByteLimit;
  }

  public synchronized long entries() {
    return entries;
  }

  public synchronized long bytes() {
    return bytes;
  }

  /** Notes bytes that a map has handed out. */
  public void addReadBytes(long size) {
    readBytes.addAndGet(size);
  }

  /** Takes the bytes that were handed out since the last call. */
  public long drainReadBytes() {
    return readBytes.getAndSet(0);
  }

  /** Notes operations that were admitted but then refused by a cap. */
  public void addUnusedOperations(long operations) {
    unusedOperations.addAndGet(operations);
  }

  /** Takes the operations that were refused by a cap since the last call. */
  public long drainUnusedOperations() {
    return unusedOperations.get() == 0 ? 0 : unusedOperations.getAndSet(0);
  }
}
