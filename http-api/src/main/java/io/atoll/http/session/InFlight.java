package io.atoll.http.session;

import org.jspecify.annotations.Nullable;

/**
 * The batches that wait for answers, oldest first. Numbers grow by one, so a ring finds a batch by
 * its number. Not thread-safe.
 */
final class InFlight {
  private static final int INITIAL = 16;
  private static final int KEPT = 1_024;

  private @Nullable Batch[] ring = new Batch[INITIAL];
  private long first;
  private long next;
  private int operations;
  private long bytes;

  /** Takes a batch in; answers the number by which it is found. */
  long add(Batch batch) {
    if (next - first == ring.length) {
      grow();
    }
    ring[slot(next)] = batch;
    operations += batch.open();
    bytes += batch.bytes();
    return next++;
  }

  /** The batch with this number, null when it is over or never was. */
  @Nullable Batch find(long number) {
    return number >= first && number < next ? ring[slot(number)] : null;
  }

  /** So many operations of a batch were answered. */
  void answered(int count) {
    operations -= count;
  }

  void remove(long number) {
    Batch batch = find(number);
    if (batch != null) {
      operations -= batch.open();
      bytes -= batch.bytes();
      ring[slot(number)] = null;
    }
    while (first < next && ring[slot(first)] == null) {
      first++;
    }
    if (first == next && ring.length > KEPT) {
      ring = new Batch[INITIAL];
    }
  }

  /** The number of the oldest batch; there is one unless this is empty. */
  long oldest() {
    return first;
  }

  boolean isEmpty() {
    return first == next;
  }

  /** Operations without an answer. */
  int operations() {
    return operations;
  }

  /** Bytes of keys and values of the batches. */
  long bytes() {
    return bytes;
  }

  private int slot(long number) {
    return (int) number & (ring.length - 1);
  }

  private void grow() {
    @Nullable Batch[] larger = new Batch[2 * ring.length];
    for (long number = first; number < next; number++) {
      larger[(int) number & (larger.length - 1)] = ring[slot(number)];
    }
    ring = larger;
  }
}
