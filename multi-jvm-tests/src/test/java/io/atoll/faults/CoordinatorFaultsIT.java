package io.atoll.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.atoll.faults.check.Availability;
import io.atoll.faults.cluster.Cluster;
import io.atoll.faults.cluster.ClusterNode;
import io.atoll.faults.cluster.LogWatch;
import io.atoll.faults.history.Operation;
import io.atoll.faults.load.Load;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The oldest node, which coordinates the cells, is killed: the others serve on, and say so. */
class CoordinatorFaultsIT {
  private static final int ROUNDS = Math.ceilDiv(Integer.getInteger("atoll.faults.rounds", 5), 4);
  private static final int TENANTS = 12;
  private static final int CALLS = 200;

  /**
   * Those who call all tenants wait for those that are lost: others are called by clients of
   * theirs.
   */
  private static final int FIRST_OF_OTHERS = 100;

  private static final long SEED = Long.getLong("atoll.faults.seed", System.nanoTime());

  @TempDir static Path folder;
  private static Cluster cluster;

  @BeforeAll
  static void start() {
    LongSet.require();
    assumeTrue(Cluster.NODES > 2, "of fewer than three nodes nobody survives the oldest for sure");
    cluster = Cluster.startInOrder(folder);
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void tenantsOfOtherNodesAreServedWhileTheCoordinatorIsLost() {
    Trial trial = new Trial(cluster, "coordinator", TENANTS, SEED);
    try (Load load = trial.load()) {
      for (int round = 0; round < ROUNDS; round++) {
        cluster.awaitWhole();
        load.awaitCalls(CALLS);
        loseCoordinator(trial, FIRST_OF_OTHERS * (round + 1));
        load.awaitCalls(CALLS);
      }
    }
    trial.assertAllHolds();
  }

  private static void loseCoordinator(Trial trial, int firstOfOthers) {
    ClusterNode victim = cluster.oldest();
    Map<String, String> before = homes(trial);
    Map<Boolean, List<String>> orphaned =
        trial.tenants().stream()
            .collect(Collectors.partitioningBy(it -> before.get(it).equals(victim.address())));
    List<String> orphans = orphaned.getOrDefault(true, List.of());
    List<ClusterNode> survivors = cluster.nodes().stream().filter(it -> it != victim).toList();
    List<LogWatch> logs = survivors.stream().map(ClusterNode::log).toList();
    List<CompletableFuture<Boolean>> unready =
        logs.stream().map(log -> log.when("Readiness - not ready", () -> {})).toList();
    long lost;
    Duration pause;
    try (Load load = trial.load(orphaned.getOrDefault(false, List.of()), firstOfOthers)) {
      load.awaitCalls(CALLS);
      lost = trial.failsOver();
      victim.kill();
      pause = trial.awaitWritten(lost, orphans);
    } finally {
      logs.forEach(LogWatch::close);
    }
    assertThat(unready)
        .as("survivors that said that they were not ready")
        .noneMatch(CompletableFuture::join);
    long served = System.nanoTime();
    Map<String, String> after = homes(trial);
    List<String> others =
        trial.tenants().stream().filter(it -> before.get(it).equals(after.get(it))).toList();
    List<Operation> calls = trial.calls(others, lost, served);
    trial.note(
        "%d tenants of the lost coordinator served again after %d ms, %d others %s"
            .formatted(orphans.size(), pause.toMillis(), others.size(), Availability.of(calls)));
    assertThat(calls).as("calls of tenants of other nodes").hasSizeGreaterThan(CALLS);
    assertThat(Availability.failures(calls)).as("failed calls of tenants of other nodes").isEmpty();
    victim.start();
    victim.awaitReady();
  }

  /** As the youngest node that is there knows it. */
  private static Map<String, String> homes(Trial trial) {
    ClusterNode asked = cluster.youngest();
    Map<String, String> homes = new HashMap<>();
    trial.tenants().forEach(tenant -> homes.put(tenant, Cluster.home(asked, tenant)));
    return homes;
  }
}
