package io.atoll.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.atoll.faults.check.Availability;
import io.atoll.faults.cluster.Await;
import io.atoll.faults.cluster.Cluster;
import io.atoll.faults.cluster.ClusterNode;
import io.atoll.faults.cluster.Loopback;
import io.atoll.faults.cluster.Site;
import io.atoll.faults.load.Load;
import io.atoll.node.Client;
import io.atoll.node.NodeProcess;
import io.atoll.node.NodeProcess.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One node serves the tenants of tier A, the others those of B and C. */
class PlacementIT {
  private static final String ADMIN = NodeProcess.ADMIN_KEY;
  private static final int TENANTS = 4;
  private static final int CALLS = 100;
  private static final long SEED = Long.getLong("atoll.faults.seed", System.nanoTime());

  /** How long anybody waits depends on the machine, and is written down; nobody is refused. */
  private static final Availability.Bounds UNNOTICED =
      new Availability.Bounds(0, Duration.ofMinutes(1), Duration.ofMinutes(1));

  @TempDir static Path folder;
  private static Cluster cluster;

  /** The first node of the cluster has a tier for itself. */
  private record Tiered(Loopback nodes) implements Site {
    @Override
    public String host(int node) {
      return nodes.host(node);
    }

    @Override
    public Program program(int node) {
      return nodes.program(node);
    }

    @Override
    public Map<String, String> variables(int node) {
      Map<String, String> variables = new HashMap<>(nodes.variables(node));
      variables.put("ATOLL_CLUSTER_TIERS", node == 0 ? "A" : "B,C");
      return variables;
    }
  }

  @BeforeAll
  static void start() {
    assumeTrue(Cluster.NODES > 1, "a node alone serves all tiers");
    cluster = Cluster.start(folder, new Tiered(new Loopback(Program.present())));
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void aTenantWhosePlanChangesGoesToTheNodesOfItsTierWhileItIsUsed() {
    client().put("/api/plans/team", ADMIN, plan("B")).expect(201);
    Trial trial = trial("patched");
    String tenant = trial.tenants().getLast();
    try (Load load = trial.load()) {
      trial.tenants().forEach(it -> awaitHome(it, top()));
      load.awaitCalls(CALLS);
      changePlan(tenant, "team");
      awaitHome(tenant, others());
      load.awaitCalls(CALLS);
      changePlan(tenant, "enterprise");
      awaitHome(tenant, top());
      load.awaitCalls(CALLS);
    }
    assertUnnoticed(trial);
  }

  @Test
  void theTenantsOfAPlanGoToTheNodesOfItsTierWhenThatChanges() {
    client().put("/api/plans/club", ADMIN, plan("B")).expect(201);
    Trial trial = trial("club");
    try (Load load = trial.load()) {
      trial.tenants().forEach(it -> changePlan(it, "club"));
      trial.tenants().forEach(it -> awaitHome(it, others()));
      client().put("/api/plans/club", ADMIN, plan("A")).expect(200);
      trial.tenants().forEach(it -> awaitHome(it, top()));
      load.awaitCalls(CALLS);
    }
    assertUnnoticed(trial);
  }

  @Test
  void aTierWhoseNodesAreAwayIsServedByTheOthersUntilTheyAreBack() {
    Trial trial = trial("away");
    ClusterNode node = cluster.nodes().getFirst();
    try (Load load = trial.load()) {
      trial.tenants().forEach(it -> awaitHome(it, top()));
      node.terminate();
      load.awaitCalls(CALLS);
      trial.tenants().forEach(it -> awaitHome(it, others()));
      node.start();
      node.awaitReady();
      cluster.awaitWhole();
      trial.tenants().forEach(it -> awaitHome(it, top()));
      load.awaitCalls(CALLS);
    }
    assertUnnoticed(trial);
  }

  /** Tenants of the plan enterprise. */
  private static Trial trial(String name) {
    return new Trial(cluster, name, TENANTS, SEED);
  }

  private static void assertUnnoticed(Trial trial) {
    trial
        .availability()
        .forEach((tenant, figures) -> trial.assertHolds(tenant, figures.within(UNNOTICED)));
    trial.assertAllHolds();
  }

  private static String plan(String tier) {
    return "{\"tier\":\"%s\",\"quotas\":{\"opsPerSecond\":-1,\"requestsPerSecond\":-1}}"
        .formatted(tier);
  }

  private static void changePlan(String tenant, String plan) {
    client()
        .patch("/api/tenants/" + tenant, ADMIN, "{\"plan\":\"%s\"}".formatted(plan))
        .expect(200);
  }

  private static void awaitHome(String tenant, List<ClusterNode> nodes) {
    List<String> addresses = nodes.stream().map(ClusterNode::address).toList();
    Await.until(
        "%s is on one of %s".formatted(tenant, addresses),
        () -> addresses.contains(Cluster.home(cluster.nodes().getLast(), tenant)));
  }

  private static List<ClusterNode> top() {
    return cluster.nodes().subList(0, 1);
  }

  private static List<ClusterNode> others() {
    return cluster.nodes().subList(1, Cluster.NODES);
  }

  private static Client client() {
    return cluster.nodes().getLast().client();
  }
}
