package io.atoll.usage;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts what one tenant uses, minute by minute. Times are epoch milliseconds; one that lies before
 * the present minute counts into that, for minutes never go back. A minute in which nothing was
 * used leaves no bucket. Not thread-safe.
 */
public final class UsageMeter {
  /** Empty, and not to be changed, while nothing is counted. */
  private SortedMap<Long, Minute> minutes = Collections.emptySortedMap();

  private final ConnectionTime connections;
  private long present;
  private long storageBytes;

  public UsageMeter(long at) {
    this.connections = new ConnectionTime(at);
    this.present = minuteOf(at);
  }

  /** Counts one read and the bytes that came with it. */
  public void read(long at, long bytesIn) {
    Minute minute = minute(at);
    minute.readOps++;
    minute.bytesIn += bytesIn;
  }

  /** Counts writes with their bytes and what they changed the stored bytes by. */
  public void write(long at, long writes, long bytesIn, long storageDelta) {
    grow(storageDelta);
    Minute minute = minute(at);
    minute.writeOps += writes;
    minute.bytesIn += bytesIn;
    minute.storageDelta += storageDelta;
  }

  /** Counts bytes that went out. */
  public void bytesOut(long at, long bytes) {
    minute(at).bytesOut += bytes;
  }

  /** Counts operations that a quota refused. */
  public void rejected(long at, long operations) {
    minute(at).rejectedOps += operations;
  }

  /** Counts messages that came in and went out. */
  public void messages(long at, long in, long out) {
    Minute minute = minute(at);
    minute.messagesIn += in;
    minute.messagesOut += out;
  }

  /** Counts connections that opened. */
  public void connected(long at, long count) {
    Minute minute = minute(at);
    connections.change(count);
    minute.peak(connections.active());
  }

  /** Counts connections that closed; there are never fewer than none. */
  public void disconnected(long at, long count) {
    advance(at);
    connections.change(-count);
  }

  /** Sets the level of stored bytes, as after a recovery; that uses nothing. */
  public void storage(long bytes) {
    storageBytes = Math.max(0, bytes);
  }

  /**
   * Adds what was counted elsewhere to the minute in which it happened, a past one too. The level
   * of stored bytes moves by its {@code storageDelta}.
   */
  public void add(UsageBucket counted) {
    grow(counted.storageDelta());
    open(counted.minute()).add(counted);
  }

  /** Goes on with a minute that this tenant had counted in part, its level of stored bytes too. */
  public void resume(UsageBucket counted) {
    storage(counted.storageBytes());
    open(counted.minute()).add(counted);
  }

  /** Takes the minutes that are over, in the order of time. */
  public List<UsageBucket> drain(long at) {
    advance(at);
    if (minutes.isEmpty()) {
      return List.of();
    }
    SortedMap<Long, Minute> over = minutes.headMap(present);
    List<UsageBucket> drained = over.values().stream().map(Minute::bucket).toList();
    over.clear();
    return drained;
  }

  /**
   * Takes all minutes, the present one included: what it goes on to count makes a further bucket of
   * that minute, to be added to this one.
   */
  public List<UsageBucket> take(long at) {
    List<UsageBucket> taken = snapshot(at);
    minutes = Collections.emptySortedMap();
    return taken;
  }

  /** All minutes that were not drained, the present one included; takes nothing. */
  public List<UsageBucket> snapshot(long at) {
    advance(at);
    return minutes.values().stream().map(Minute::bucket).toList();
  }

  private void advance(long at) {
    connections.advance(at, this::integrate);
    present = Math.max(present, minuteOf(at));
  }

  private void integrate(long minute, long millis, long open) {
    Minute target = open(minute);
    target.connectionMillis += millis;
    target.peak(open);
  }

  private Minute minute(long at) {
    advance(at);
    return open(present);
  }

  private Minute open(long number) {
    present = Math.max(present, number);
    if (minutes.isEmpty()) {
      minutes = new TreeMap<>();
    }
    Minute minute = minutes.computeIfAbsent(number, Minute::new);
    minute.storageBytes = storageBytes;
    return minute;
  }

  private void grow(long storageDelta) {
    storageBytes = Math.max(0, storageBytes + storageDelta);
  }

  private static long minuteOf(long at) {
    return Math.floorDiv(at, ConnectionTime.MINUTE_MS);
  }
}
