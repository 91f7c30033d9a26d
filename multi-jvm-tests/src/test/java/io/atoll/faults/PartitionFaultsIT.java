package io.atoll.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.atoll.faults.cluster.Cluster;
import io.atoll.faults.cluster.ClusterNode;
import io.atoll.faults.cluster.Network;
import io.atoll.faults.load.Load;
import io.atoll.node.Answer;
import io.atoll.node.Client;
import io.atoll.node.NodeProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that do not hear each other, while all reach Cassandra and their callers. */
class PartitionFaultsIT {
  private static final int TENANTS = 6;
  private static final int CALLS = 200;
  private static final int MAJORITY = 100;
  private static final int MINORITY = 200;
  private static final int UNAVAILABLE = 503;
  private static final Duration CUT = Duration.ofSeconds(30);
  private static final Duration BOUND = Duration.ofMinutes(2);
  private static final long SEED = Long.getLong("atoll.faults.seed", System.nanoTime());

  @TempDir static Path folder;
  private static Network network;
  private static Cluster cluster;

  @BeforeAll
  static void start() {
    LongSet.require();
    assumeTrue(Cluster.NODES == 3, "these cuts are those of three nodes");
    assumeTrue(Network.isUsable(), "network namespaces need root, and ip");
    network = Network.open();
    cluster = Cluster.start(folder, network);
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
    if (network != null) {
      network.close();
    }
  }

  @Test
  void oneNodeOfThreeThatIsCutOffEndsItself() {
    Trial trial = new Trial(cluster, "cut", TENANTS, SEED);
    cut(
        trial,
        List.of(0, 1),
        2,
        () -> {
          both(2, 0);
          both(2, 1);
        });
  }

  @Test
  void oneNodeOfThreeThatIsNotHeardEndsItself() {
    Trial trial = new Trial(cluster, "oneway", TENANTS, SEED);
    cut(
        trial,
        List.of(1, 2),
        0,
        () -> {
          network.cut(0, 1);
          network.cut(0, 2);
        });
  }

  @Test
  void ofTwoNodesThatOnlyTheThirdReachesNoneWritesWhatTheOtherHas() {
    Trial trial = new Trial(cluster, "bridge", TENANTS, SEED);
    List<Long> before = pids();
    try (Load everybody = trial.load()) {
      everybody.awaitCalls(CALLS);
      trial.failsOver();
      both(0, 2);
      pause();
      List<Integer> ended = ended();
      trial.note("nodes %s of three have ended".formatted(ended));
      assertThat(ended.size()).as("nodes that have ended").isLessThan(Cluster.NODES);
      heal(trial, before);
      everybody.awaitCalls(CALLS);
    }
    trial.assertAllHolds();
  }

  private static void cut(Trial trial, List<Integer> many, int alone, Runnable cut) {
    ClusterNode minority = cluster.nodes().get(alone);
    List<ClusterNode> majority = many.stream().map(cluster.nodes()::get).toList();
    List<Long> before = pids();
    try (Load everybody = trial.load()) {
      everybody.awaitCalls(CALLS);
    }
    List<String> orphans =
        trial.tenants().stream()
            .filter(it -> Cluster.home(majority.getFirst(), it).equals(minority.address()))
            .toList();
    String theirs =
        trial.tenants().stream().filter(it -> !orphans.contains(it)).findFirst().orElseThrow();
    long lost = trial.failsOver();
    long healed;
    cut.run();
    try (Load those = trial.load(majority, MAJORITY);
        Load these = trial.load(List.of(minority), MINORITY)) {
      Map<Integer, Long> statuses = askUntilItEnds(minority, theirs);
      trial.note("the node alone about a tenant of the others: %s".formatted(statuses));
      assertThat(statuses).as("of a tenant of the others").containsOnlyKeys(UNAVAILABLE);
      pause();
      trial.note(
          "%d tenants of the node alone; it answered %s"
              .formatted(orphans.size(), trial.answers(MINORITY, lost, System.nanoTime())));
      assertThat(ended()).as("the nodes that have ended").containsExactly(alone);
      healed = System.nanoTime();
      heal(trial, before);
      those.awaitCalls(CALLS);
      these.awaitCalls(CALLS);
    }
    orphans.forEach(it ->
        trial.assertHolds(
            "the node alone is silent", trial.silentAfterTakeover(it, MINORITY, lost, healed)));
    trial.assertAllHolds();
  }

  /** What the node says of the tenant until it ends, by status. */
  private static Map<Integer, Long> askUntilItEnds(ClusterNode alone, String tenant) {
    Map<Integer, Long> statuses = new TreeMap<>();
    long bound = System.nanoTime() + BOUND.toNanos();
    while (System.nanoTime() - bound < 0) {
      try {
        Answer answer =
            alone
                .client()
                .get("/v1/maps/m/entries/k", NodeProcess.ADMIN_KEY, "X-Atoll-Tenant", tenant);
        statuses.merge(answer.status(), 1L, Long::sum);
      } catch (Client.GoneException gone) {
        alone.awaitEnd();
        return statuses;
      }
    }
    throw new AssertionError("the node that is alone still answers after " + BOUND);
  }

  /** Whatever has ended, or still does, is started again. */
  private static void heal(Trial trial, List<Long> before) {
    network.heal();
    cluster.nodes().forEach(ClusterNode::recover);
    cluster.awaitWhole();
    List<Long> now = pids();
    long restarted = before.stream().filter(pid -> !now.contains(pid)).count();
    trial.note("%d of the processes are others after healing".formatted(restarted));
  }

  private static List<Long> pids() {
    return cluster.nodes().stream().map(ClusterNode::pid).toList();
  }

  private static List<Integer> ended() {
    List<Integer> ended = new ArrayList<>();
    for (int node = 0; node < Cluster.NODES; node++) {
      if (!cluster.nodes().get(node).isAlive()) {
        ended.add(node);
      }
    }
    return ended;
  }

  private static void both(int one, int other) {
    network.cut(one, other);
    network.cut(other, one);
  }

  private static void pause() {
    LockSupport.parkNanos(CUT.toNanos());
  }
}
