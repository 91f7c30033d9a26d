package io.atoll.faults.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Everything that the clients of a run have done, at most {@code capacity} operations: whoever
 * wants to call reserves a place first, so none is called without being recorded. Thread-safe.
 */
public final class History {
  private final Queue<Operation> operations = new ConcurrentLinkedQueue<>();
  private final AtomicInteger places;

  public History(int capacity) {
    this.places = new AtomicInteger(capacity);
  }

  /** Takes a place for one operation; false when there is none left. */
  public boolean reserve() {
    return places.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
  }

  /** Records an operation that has a place. */
  public void add(Operation operation) {
    operations.add(operation);
  }

  /** What has been recorded so far. */
  public List<Operation> operations() {
    return new ArrayList<>(operations);
  }
}
