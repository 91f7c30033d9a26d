package io.atoll.placement;

import io.atoll.tenant.HotTenants;
import io.atoll.tenant.Placements;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.ObjLongConsumer;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * How many operations a second the tenants of each cell on this node were asked for, over the last
 * ten seconds, and how many entries they have. Thread-safe.
 */
final class CellUse {
  /** How long is looked back. */
  static final Duration PERIOD = Duration.ofSeconds(10);

  private final Consumer<ObjLongConsumer<String>> operations;
  private final Consumer<ObjLongConsumer<String>> entries;
  private final Placements placements;
  private final LongSupplier nanos;
  private volatile Map<String, Integer> operationsPerSecond = Map.of();
  private volatile Map<String, Long> entriesByCell = Map.of();
  private long sampledAt;

  /**
   * {@code operations} tells how many each tenant was asked for since it was asked last, and {@code
   * entries} how many it has; {@code nanos} is a monotonic clock in nanoseconds.
   */
  CellUse(
      Consumer<ObjLongConsumer<String>> operations,
      Consumer<ObjLongConsumer<String>> entries,
      Placements placements,
      LongSupplier nanos) {
    this.operations = operations;
    this.entries = entries;
    this.placements = placements;
    this.nanos = nanos;
    this.sampledAt = nanos.getAsLong();
  }

  /** The use of cells, sampled for as long as the system runs. */
  static CellUse sampled(ActorSystem<?> system, HotTenants tenants, Placements placements) {
    CellUse use =
        new CellUse(tenants::takeOperations, tenants::entries, placements, System::nanoTime);
    system
        .scheduler()
        .scheduleWithFixedDelay(PERIOD, PERIOD, use::sample, system.executionContext());
    return use;
  }

  /** Cells that are used less than once a second are left out. */
  Map<String, Integer> operationsPerSecond() {
    return operationsPerSecond;
  }

  /** Cells whose tenants have none are left out. */
  Map<String, Long> entries() {
    return entriesByCell;
  }

  /** Counts what there was since the last time. */
  synchronized void sample() {
    Map<String, Long> counts = byCell(operations);
    long now = nanos.getAsLong();
    double seconds = (now - sampledAt) / (double) Duration.ofSeconds(1).toNanos();
    sampledAt = now;
    Map<String, Integer> rates = new HashMap<>();
    counts.forEach((cell, count) -> {
      int rate = (int) Math.round(count / Math.max(seconds, 1e-3));
      if (rate > 0) {
        rates.put(cell, rate);
      }
    });
    operationsPerSecond = Map.copyOf(rates);
    entriesByCell = Map.copyOf(byCell(entries));
  }

  private Map<String, Long> byCell(Consumer<ObjLongConsumer<String>> ofTenants) {
    Map<String, Long> sums = new HashMap<>();
    ofTenants.accept((tenant, count) -> {
      if (count > 0) {
        sums.merge(placements.cellOf(tenant), count, Long::sum);
      }
    });
    return sums;
  }
}
