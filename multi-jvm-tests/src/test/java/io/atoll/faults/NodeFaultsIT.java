package io.atoll.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.atoll.cassandra.CassandraServer;
import io.atoll.faults.check.Availability;
import io.atoll.faults.cluster.Await;
import io.atoll.faults.cluster.Cluster;
import io.atoll.faults.cluster.ClusterNode;
import io.atoll.faults.cluster.LogWatch;
import io.atoll.faults.cluster.Migrations;
import io.atoll.faults.cluster.Supervisor;
import io.atoll.faults.load.Load;
import io.atoll.node.Answer;
import io.atoll.node.Client;
import io.atoll.node.NodeProcess;
import io.atoll.upgrade.UpgradeRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that are killed, paused and restarted under load: what was promised holds. */
class NodeFaultsIT {
  private static final String ADMIN = NodeProcess.ADMIN_KEY;
  private static final String GOLD = "/api/plans/gold";
  private static final String KEYS = "/api/tenants/golden/keys";
  private static final int ROUNDS = Integer.getInteger("atoll.faults.rounds", 5);

  /** All nodes are killed so often. */
  private static final int AT_ONCE = Math.min(ROUNDS, 50);

  /** So many fit into one history. */
  private static final int ROUNDS_OF_A_TRIAL = 20;

  /** Longer than Pekko waits for the other seeds before the first one goes on alone. */
  private static final Duration SILENCE = Duration.ofSeconds(8);

  private static final int TENANTS = 4;
  private static final int MANY_TENANTS = 40;
  private static final int LEAST_CALLS = 50;
  private static final int MOST_CALLS = 400;
  private static final int ENOUGH_CALLS = 20;
  private static final int MANY_CALLS = 10_000;

  /** Of several nodes the others take over from one that is away for so long. */
  private static final Duration PAUSE =
      Duration.ofSeconds(Cluster.NODES == 1 ? 4 : LongSet.IS_RUN ? 40 : 20);

  /** How long anybody waits depends on the machine, and is written down; nobody is refused. */
  private static final Availability.Bounds UNNOTICED =
      new Availability.Bounds(0, Duration.ofMinutes(1), Duration.ofMinutes(1));

  private static final long SEED = Long.getLong("atoll.faults.seed", System.nanoTime());

  @TempDir static Path folder;
  private static Cluster cluster;

  private final SplittableRandom random = new SplittableRandom(SEED);

  @BeforeAll
  static void start() {
    cluster = Cluster.start(folder);
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void aKilledNodeLosesNothing() {
    for (int done = 0; done < ROUNDS; done += ROUNDS_OF_A_TRIAL) {
      kill(trial("kill%d".formatted(done), TENANTS), Math.min(ROUNDS_OF_A_TRIAL, ROUNDS - done));
    }
  }

  private void kill(Trial trial, int rounds) {
    try (Load load = trial.impatientLoad()) {
      for (int round = 0; round < rounds; round++) {
        load.awaitCalls(random.nextInt(LEAST_CALLS, MOST_CALLS));
        ClusterNode victim = anyNode();
        trial.failsOver();
        victim.kill();
        victim.start();
        victim.awaitReady();
      }
      load.awaitCalls(ENOUGH_CALLS);
    }
    trial.assertAllHolds();
  }

  @Test
  void nodesThatAreAllKilledAtOnceLoseNothing() {
    for (int done = 0; done < AT_ONCE; done += ROUNDS_OF_A_TRIAL) {
      killAll(trial("all%d".formatted(done), TENANTS), Math.min(ROUNDS_OF_A_TRIAL, AT_ONCE - done));
    }
  }

  private void killAll(Trial trial, int rounds) {
    try (Load load = trial.load()) {
      for (int round = 0; round < rounds; round++) {
        load.awaitCalls(random.nextInt(LEAST_CALLS, MOST_CALLS));
        trial.failsOver();
        cluster.killAll();
        cluster.startAll();
      }
      load.awaitCalls(ENOUGH_CALLS);
    }
    trial.assertAllHolds();
  }

  @Test
  void nobodyIsRefusedWhileATenantMoves() {
    assumeTrue(Cluster.NODES > 1, "a node alone: there is nowhere to go");
    Trial trial = trial("moved", TENANTS);
    String tenant = trial.tenants().getLast();
    List<String> moves = new ArrayList<>();
    try (Load load = trial.load()) {
      for (int round = 0; round < ROUNDS; round++) {
        load.awaitCalls(random.nextInt(LEAST_CALLS, MOST_CALLS));
        moves.addAll(Migrations.move(tenant, anotherNode(tenant)));
      }
      load.awaitCalls(ENOUGH_CALLS);
    }
    trial.note("%d migrations for %d moves".formatted(moves.size(), ROUNDS));
    trial.note("held, in ms: " + Migrations.pauses(tenant, anyNode()));
    trial
        .availability()
        .forEach((its, figures) -> trial.assertHolds(its, figures.within(UNNOTICED)));
    moves.forEach(move -> Migrations.assertWrittenDown(tenant, move));
    trial.assertAllHolds();
  }

  /** One that does not have the tenant. */
  private ClusterNode anotherNode(String tenant) {
    String home = Cluster.home(anyNode(), tenant);
    List<ClusterNode> others =
        cluster.nodes().stream().filter(it -> !it.address().equals(home)).toList();
    return others.get(random.nextInt(others.size()));
  }

  @Test
  void aPausedNodeLosesNothing() {
    Trial trial = trial("pause", TENANTS);
    try (Load load = trial.load()) {
      for (int round = 0; round < Math.ceilDiv(ROUNDS, 5); round++) {
        load.awaitCalls(random.nextInt(LEAST_CALLS, MOST_CALLS));
        ClusterNode victim = anyNode();
        trial.failsOver();
        victim.pause();
        LockSupport.parkNanos(PAUSE.toNanos());
        victim.resume();
        if (Cluster.NODES > 1) {
          victim.endAndStartAgain();
        } else {
          victim.recover();
        }
      }
      load.awaitCalls(ENOUGH_CALLS);
    }
    trial.assertAllHolds();
  }

  @Test
  void aJournalThatIsDownLosesNothing() {
    Trial trial = trial("journal", TENANTS);
    try (Load load = trial.load()) {
      load.awaitCalls(LEAST_CALLS);
      trial.failsOver();
      CassandraServer.shared().kill();
      CassandraServer.shared().start();
      cluster.nodes().forEach(ClusterNode::recover);
      load.awaitCalls(ENOUGH_CALLS);
    }
    trial.assertAllHolds();
  }

  @Test
  void manyTenantsReadTheirOwnAndARateIsExact() {
    Trial trial = trial("many", MANY_TENANTS);
    try (Load load = trial.load()) {
      load.awaitCalls(MANY_CALLS);
    }
    assertThat(trial.refusedByRate()).as("calls over the rate").isPositive();
    trial.assertAllHolds();
  }

  /** One node alone cannot be restarted unnoticed. */
  @Test
  void nobodyNoticesAnUpgradeThatIsKilledAndGoesOn() throws Exception {
    assumeTrue(Cluster.NODES > 1, "a node alone: nobody else can serve while it restarts");
    Trial trial = trial("rolling", TENANTS);
    try (Load load = trial.load();
        Supervisor starting = Supervisor.of(cluster)) {
      UpgradeRun upgrade =
          new UpgradeRun(
              cluster.urls(), folder.resolve("upgrade.json"), node -> load.awaitCalls(MOST_CALLS));
      upgrade.killedAfter(2);
      assertThat(upgrade.toTheEnd()).as("nodes: %s", starting).isEmpty();
      assertThat(upgrade.restarts()).as("restarts").isEqualTo(Cluster.NODES);
      assertThat(starting.started()).as("starts").isEqualTo(Cluster.NODES);
      load.awaitCalls(MOST_CALLS);
    }
    trial
        .availability()
        .forEach((tenant, figures) -> trial.assertHolds(tenant, figures.within(UNNOTICED)));
    trial.assertAllHolds();
  }

  /** One node alone has no others to be silent. */
  @Test
  void aFirstSeedWaitsForNodesThatAreSilentAndFormsNoClusterOfItsOwn() {
    assumeTrue(Cluster.NODES > 1, "a node alone: no others are silent");
    Trial trial = trial("seed", TENANTS);
    ClusterNode first = cluster.nodes().getFirst();
    List<ClusterNode> others = cluster.nodes().subList(1, Cluster.NODES);
    try (Load load = trial.load();
        LogWatch log = first.log()) {
      load.awaitCalls(LEAST_CALLS);
      trial.failsOver();
      first.kill();
      others.forEach(ClusterNode::pause);
      CompletableFuture<Boolean> joins = log.when("joins by", () -> {});
      first.start();
      Await.until("the first seed tries to join", joins::isDone);
      LockSupport.parkNanos(SILENCE.toNanos());
      others.forEach(ClusterNode::resume);
      first.awaitReady();
      cluster.awaitWhole();
      load.awaitCalls(ENOUGH_CALLS);
    }
    trial.assertAllHolds();
  }

  @Test
  void whatAnOperatorChangesOnOneNodeHoldsOnAllOfThem() {
    Client first = cluster.nodes().getFirst().client();
    Client last = cluster.nodes().getLast().client();
    first.put(GOLD, ADMIN, "{\"quotas\":{\"maps\":1}}").expect(201);
    awaitOnAll(node -> node.get(GOLD, ADMIN), answer -> answer.body().contains("\"maps\":1,"));
    String key = first.tenantWithKey("golden", ",\"plan\":\"gold\"");
    awaitOnAll(node -> node.get("/v1/maps", key), answer -> answer.status() == 200);

    last.put(GOLD, ADMIN, "{\"quotas\":{\"maps\":7}}").expect(200);
    for (String path : List.of(GOLD, "/api/tenants/golden")) {
      awaitOnAll(node -> node.get(path, ADMIN), answer -> answer.body().contains("\"maps\":7,"));
    }

    String id = first.get(KEYS, ADMIN).expect(200).json().at("/items/0/id").asText();
    first.delete(KEYS + "/" + id, ADMIN).expect(204);
    for (ClusterNode node : cluster.nodes()) {
      node.client().get("/v1/maps", key).expect(401);
    }
    assertThat(last.post("/api/reload", ADMIN, "{}").expect(202).json().findValuesAsText("status"))
        .hasSize(Cluster.NODES)
        .containsOnly("reloaded");
  }

  private static void awaitOnAll(Function<Client, Answer> question, Predicate<Answer> expected) {
    for (ClusterNode node : cluster.nodes()) {
      Await.until("a node answers so", () -> expected.test(question.apply(node.client())));
    }
  }

  private static Trial trial(String name, int tenants) {
    return new Trial(cluster, name, tenants, SEED);
  }

  private ClusterNode anyNode() {
    return cluster.nodes().get(random.nextInt(Cluster.NODES));
  }
}
