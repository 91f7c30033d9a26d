package io.atoll.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.atoll.faults.check.Availability;
import io.atoll.faults.cluster.Cluster;
import io.atoll.faults.cluster.Loopback;
import io.atoll.faults.load.Load;
import io.atoll.node.NodeProcess.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * All nodes restart one after the other, some rounds of it, while many clients call many tenants.
 */
class RollingRestartsIT {
  private static final int ROUNDS = Math.min(Integer.getInteger("atoll.faults.rounds", 5), 10);
  private static final int TENANTS = Integer.getInteger("atoll.faults.tenants", 300);
  private static final int CLIENTS = 64;
  private static final int CALLS = 1_000;

  /** Who restarts a cluster has used it for longer than it took to start. */
  private static final int TIMES_BEFORE = 10;

  /** More leaves a small machine, on which everything runs, room for what a restart costs. */
  private static final Duration BETWEEN =
      Duration.ofMillis(Integer.getInteger("atoll.faults.between", 100));

  private static final long SEED = Long.getLong("atoll.faults.seed", System.nanoTime());

  /** How long a tenant waits depends on the machine, and is written down; no call of it fails. */
  private static final Availability.Bounds UNNOTICED =
      new Availability.Bounds(0, Duration.ofMinutes(1), Duration.ofMinutes(1));

  @TempDir static Path folder;
  private static Cluster cluster;

  @BeforeAll
  static void start() {
    LongSet.require();
    assumeTrue(Cluster.NODES > 1, "a node alone: nobody else can serve while it restarts");
    cluster =
        Cluster.start(
            folder, new Loopback(Program.present(), Map.of("ATOLL_CLUSTER_REHEARSAL", "10s")));
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void noneOfManyTenantsNoticesThatAllNodesRestart() {
    Trial trial = new Trial(cluster, "restarts", TENANTS, SEED);
    try (Load load = trial.calmLoad(CLIENTS, BETWEEN);
        Load _ = trial.load(List.of(trial.limited()), CLIENTS)) {
      for (int time = 0; time < TIMES_BEFORE; time++) {
        load.awaitCalls(CALLS);
      }
      long restarted = System.nanoTime();
      for (int round = 0; round < ROUNDS; round++) {
        cluster
            .nodes()
            .forEach(node -> {
              trial.restart(node);
              load.awaitCalls(CALLS);
            });
      }
      trial.noteCalls("while nodes restarted", restarted, System.nanoTime());
    }
    trial
        .availability()
        .forEach((tenant, figures) ->
            trial.assertHolds(tenant + " does not notice", figures.within(UNNOTICED)));
    assertThat(trial.refusedByRate()).as("calls that met the rate").isPositive();
    trial.assertAllHolds();
  }
}
