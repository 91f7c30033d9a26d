package io.atoll.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.atoll.faults.check.Availability;
import io.atoll.faults.cluster.Cluster;
import io.atoll.faults.cluster.ClusterNode;
import io.atoll.faults.cluster.Migrations;
import io.atoll.faults.load.Load;
import io.atoll.node.NodeProcess;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tenant on each node: one floods, another moves, all nodes restart; the others go on. */
class AllAtOnceIT {
  private static final int TENANTS = 3;
  private static final int CALLS = 1_000;
  private static final int RATE = 2_000;
  private static final long SEED = Long.getLong("atoll.faults.seed", System.nanoTime());

  @TempDir static Path folder;
  private static Cluster cluster;

  @BeforeAll
  static void start() {
    LongSet.require();
    assumeTrue(Cluster.NODES == TENANTS, "there is a tenant for each of three nodes");
    cluster = Cluster.start(folder);
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void nobodyElseNoticesATenantThatFloodsWhileAnotherMovesAndAllNodesRestart() {
    Trial trial = new Trial(cluster, "once", TENANTS, SEED);
    List<String> others =
        trial.tenants().stream().filter(it -> !it.equals(trial.limited())).toList();
    cluster.awaitWhole();
    others.forEach(AllAtOnceIT::limit);
    Map<String, String> moved = new HashMap<>();
    for (int tenant = 0; tenant < TENANTS; tenant++) {
      String id = move(trial.tenants().get(tenant), cluster.nodes().get(tenant));
      moved.put(id, trial.tenants().get(tenant));
    }
    long quiet = System.nanoTime();
    long flooded;
    try (Load load = trial.load()) {
      load.awaitCalls(CALLS);
      flooded = System.nanoTime();
      try (Load flood = trial.flood()) {
        load.awaitCalls(CALLS);
        String id = move(others.getFirst(), cluster.nodes().getFirst());
        moved.put(id, others.getFirst());
        restartAll(trial, load);
        trial.note("the flood was %d calls".formatted(flood.answered() + flood.unanswered()));
      }
    }
    Availability before = Availability.of(trial.calls(others, quiet, flooded));
    Availability after = Availability.of(trial.calls(others, flooded, System.nanoTime()));
    trial.note("the others before: %s, meanwhile: %s".formatted(before, after));
    assertThat(before.failed() + after.failed()).as("failed calls of the others").isZero();
    moved.forEach((id, tenant) -> Migrations.assertWrittenDown(tenant, id));
    trial.assertAllHolds();
  }

  private static void restartAll(Trial trial, Load load) {
    for (ClusterNode node : cluster.nodes()) {
      trial.restart(node);
      load.awaitCalls(CALLS);
    }
  }

  private static void limit(String tenant) {
    String quotas = "{\"quotas\":{\"opsPerSecond\":%d,\"burst\":%d}}".formatted(RATE, RATE);
    cluster
        .nodes()
        .getFirst()
        .client()
        .patch("/api/tenants/" + tenant, NodeProcess.ADMIN_KEY, quotas)
        .expect(200);
  }

  /** The id of the one migration that it takes. */
  private static String move(String tenant, ClusterNode node) {
    List<String> begun = Migrations.move(tenant, node);
    assertThat(begun).as("migrations of %s", tenant).hasSize(1);
    return begun.getFirst();
  }
}
