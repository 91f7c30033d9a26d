package io.atoll.placement;

import io.atoll.http.Cluster.Figures;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorSystem;

/** What a node measures of itself. Thread-safe. */
public final class NodeGauges {
  private static final double NANOS_IN_SECOND = Duration.ofSeconds(1).toNanos();
  private static final double NANOS_IN_MILLI = Duration.ofMillis(1).toNanos();

  private final String version;
  private final IntSupplier hotTenants;
  private final RecentRatio operationsByNano;
  private final RecentRatio nanosByCommit;
  private final LongSupplier diskBytes;

  /** What only grows: answered operations, commits of the journal, and the time they took. */
  public record Counts(LongSupplier operations, LongSupplier commits, LongSupplier commitNanos) {}

  NodeGauges(
      String version,
      IntSupplier hotTenants,
      RecentRatio operationsByNano,
      RecentRatio nanosByCommit,
      LongSupplier diskBytes) {
    this.version = version;
    this.hotTenants = hotTenants;
    this.operationsByNano = operationsByNano;
    this.nanosByCommit = nanosByCommit;
    this.diskBytes = diskBytes;
  }

  /** Gauges that are sampled for as long as the system runs. */
  public static NodeGauges sampled(
      ActorSystem<?> system,
      String version,
      IntSupplier hotTenants,
      Counts counts,
      LongSupplier diskBytes) {
    return new NodeGauges(
        version,
        hotTenants,
        RecentRatio.sampled(system, counts.operations(), System::nanoTime),
        RecentRatio.sampled(system, counts.commitNanos(), counts.commits()),
        diskBytes);
  }

  /** The figures of this moment. */
  public Figures read() {
    Runtime jvm = Runtime.getRuntime();
    return new Figures(
        version,
        hotTenants.getAsInt(),
        operationsByNano.value() * NANOS_IN_SECOND,
        nanosByCommit.value() / NANOS_IN_MILLI,
        jvm.totalMemory() - jvm.freeMemory(),
        diskBytes.getAsLong(),
        ManagementFactory.getRuntimeMXBean().getStartTime());
  }
}
