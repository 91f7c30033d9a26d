package io.atoll.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.atoll.faults.check.Availability;
import io.atoll.faults.cluster.Cluster;
import io.atoll.faults.cluster.ClusterNode;
import io.atoll.faults.cluster.Loopback;
import io.atoll.faults.cluster.Migrations;
import io.atoll.faults.load.Load;
import io.atoll.node.NodeProcess.Program;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes of an older build beside those of this one, forth and back, under load. */
class MixedVersionsIT {
  private static final String OLDER = System.getProperty("atoll.faults.older", "");
  private static final int TENANTS = 6;
  private static final int CALLS = 1_000;
  private static final long SEED = Long.getLong("atoll.faults.seed", System.nanoTime());

  private static final Availability.Bounds UNNOTICED =
      new Availability.Bounds(0, Duration.ofMinutes(1), Duration.ofMinutes(1));

  @TempDir static Path folder;
  private static Cluster cluster;

  @BeforeAll
  static void start() {
    assumeTrue(!OLDER.isEmpty(), "no older build is given: -Datoll.faults.older=FOLDER");
    assumeTrue(Cluster.NODES > 1, "a node alone is of one version");
    cluster = Cluster.start(folder, new Loopback(Program.of(Path.of(OLDER))));
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void nobodyNoticesThatNodesAreUpgradedAndRolledBack() {
    Trial trial = new Trial(cluster, "mixed", TENANTS, SEED);
    try (Load load = trial.load()) {
      load.awaitCalls(CALLS);
      replaceAll(trial, load, Program.present());
      moveAndWriteDown(trial);
      replaceAll(trial, load, Program.of(Path.of(OLDER)));
    }
    trial
        .availability()
        .forEach((tenant, figures) -> trial.assertHolds(tenant, figures.within(UNNOTICED)));
    trial.assertAllHolds();
  }

  /** The older build is to read what this one writes. */
  private static void moveAndWriteDown(Trial trial) {
    String tenant =
        trial.tenants().stream()
            .filter(it -> !it.equals(trial.limited()))
            .findFirst()
            .orElseThrow();
    for (ClusterNode node : cluster.nodes()) {
      Migrations.move(tenant, node).forEach(id -> Migrations.assertWrittenDown(tenant, id));
    }
  }

  /** One node after the other; the others are of the other version meanwhile. */
  private static void replaceAll(Trial trial, Load load, Program program) {
    for (ClusterNode node : cluster.nodes()) {
      // Older builds start a tenant that has moved with all of its burst: when it goes, and comes.
      trial.failsOver();
      trial.failsOver();
      node.use(program);
      trial.restart(node);
      trial.hasFailedOver();
      load.awaitCalls(CALLS);
    }
  }
}
