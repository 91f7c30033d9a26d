package io.atoll.map;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be decided while a write is under way: writes in the order in which they came, and
 * the reads that must see them. Knows which keys have a write that is not committed. Not
 * thread-safe.
 */
final class WriteQueue {
  private final ArrayDeque<Item> items = new ArrayDeque<>(1);
  private final KeyCounts uncommitted = new KeyCounts();
  private int clearings;
  private int expirings;

  /** Something that waits its turn. */
  sealed interface Item {}

  /** An operation at this place of a request. */
  record Asked(MapCommand.Apply request, int index) implements Item {
    Operation.OnMap operation() {
      return request.operations().get(index);
    }
  }

  /** An entry whose time may be over. */
  record Expiring(Key key) implements Item {}

  /** An event that is written alone and made when its turn has come; null for none after all. */
  record Alone(Supplier<@Nullable MapEvent> event) implements Item {}

  /** Dropping the map. */
  record Clearing(long generation) implements Item {}

  void add(Item item) {
    items.addLast(item);
    clearings += item instanceof Clearing ? 1 : 0;
    expirings += item instanceof Expiring ? 1 : 0;
    Key key = written(item);
    if (key != null) {
      uncommitted.add(key);
    }
  }

  /** Puts an event that depends on nothing that waits in front. */
  void addFirst(Alone item) {
    items.addFirst(item);
  }

  @Nullable Item head() {
    return items.peekFirst();
  }

  void removeHead() {
    items.removeFirst();
  }

  boolean isEmpty() {
    return items.isEmpty();
  }

  /** Whether the removal of an expired entry waits or is being written. */
  boolean isExpiring() {
    return expirings > 0;
  }

  /** What is to be decided together: from the head up to the bounds, or to what stands alone. */
  List<Item> batch(int operations, int bytes) {
    List<Item> batch = new ArrayList<>();
    long size = 0;
    for (Item item : items) {
      if (!joins(item) || batch.size() >= operations || (size > bytes && !batch.isEmpty())) {
        break;
      }
      batch.add(item);
      size += item instanceof Asked asked ? asked.operation().bytesIn() : 0;
    }
    return batch;
  }

  /** Takes the batch off the queue; its keys stay uncommitted until {@link #committed}. */
  void take(List<Item> batch) {
    for (int i = 0; i < batch.size(); i++) {
      items.removeFirst();
    }
  }

  /** The writes of the batch are durable. */
  void committed(List<? extends Item> batch) {
    for (Item item : batch) {
      clearings -= item instanceof Clearing ? 1 : 0;
      expirings -= item instanceof Expiring ? 1 : 0;
      Key key = written(item);
      if (key != null) {
        uncommitted.remove(key);
      }
    }
  }

  /** Takes all operations off the queue. */
  List<Asked> removeAsked() {
    List<Asked> asked = new ArrayList<>();
    for (Item item : items) {
      if (item instanceof Asked operation) {
        asked.add(operation);
      }
    }
    items.removeIf(Asked.class::isInstance);
    committed(asked);
    return asked;
  }

  /** Whether the operation has to wait: every write, and a read behind a write that it must see. */
  boolean mustWait(Operation.OnMap operation) {
    return switch (operation) {
      case Operation.Get get -> uncommitted.contains(get.key()) || clearings > 0;
      case Operation.Scan scan -> clearings > 0 || touches(scan);
      case Operation.Write _ -> true;
    };
  }

  private boolean touches(Operation.Scan scan) {
    return uncommitted.anyMatch(key -> key.startsWith(scan.prefix()));
  }

  private static boolean joins(Item item) {
    return switch (item) {
      case Asked asked -> !(asked.operation() instanceof Operation.Scan);
      case Expiring _ -> true;
      case Alone _, Clearing _ -> false;
    };
  }

  private static @Nullable Key written(Item item) {
    return switch (item) {
      case Asked asked -> asked.operation() instanceof Operation.Write write ? write.key() : null;
      case Expiring expiring -> expiring.key();
      case Alone _, Clearing _ -> null;
    };
  }
}
