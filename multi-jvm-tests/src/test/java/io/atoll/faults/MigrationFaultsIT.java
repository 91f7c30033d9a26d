package io.atoll.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.atoll.faults.cluster.Await;
import io.atoll.faults.cluster.Cluster;
import io.atoll.faults.cluster.ClusterNode;
import io.atoll.faults.cluster.LogWatch;
import io.atoll.faults.cluster.Migrations;
import io.atoll.faults.load.Load;
import io.atoll.node.Client;
import io.atoll.tenant.Migration.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes are killed at each step of a tenant's way: it has one owner afterwards. */
class MigrationFaultsIT {
  private static final int ROUNDS = Math.ceilDiv(Integer.getInteger("atoll.faults.rounds", 5), 5);
  private static final int SPARE_TENANTS = 6;
  private static final int CALLS = 50;
  private static final long SEED = Long.getLong("atoll.faults.seed", System.nanoTime());

  @TempDir static Path folder;
  private static Cluster cluster;

  /** Whom to kill: the mover is the node that was asked to move the tenant. */
  private enum Victim {
    SOURCE,
    TARGET,
    COORDINATOR,
    MOVER
  }

  private record Kill(Victim victim, Step step) {}

  /** A tenant's way, and the node that sees to it. */
  private record Way(String tenant, ClusterNode source, ClusterNode target, ClusterNode mover) {
    ClusterNode victim(Victim victim) {
      return switch (victim) {
        case SOURCE -> source;
        case TARGET -> target;
        case COORDINATOR -> cluster.oldest();
        case MOVER -> mover;
      };
    }
  }

  @BeforeAll
  static void start() {
    LongSet.require();
    assumeTrue(Cluster.NODES > 2, "of fewer than three nodes nobody is left to see to a move");
    cluster = Cluster.startInOrder(folder);
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void aTenantHasOneOwnerWhoeverIsKilledWhileItMoves() {
    List<Kill> kills = kills();
    Trial trial = new Trial(cluster, "moving", 1 + kills.size() + SPARE_TENANTS, SEED);
    List<String> tenants = new ArrayList<>(trial.tenants());
    tenants.removeFirst();
    List<Way> moved = new ArrayList<>();
    try (Load load = trial.impatientLoad()) {
      for (Kill kill : kills) {
        cluster.awaitWhole();
        load.awaitCalls(CALLS);
        Way way = way(tenants, kill.victim());
        tenants.remove(way.tenant());
        moved.add(way);
        moveAndKill(trial, way, kill);
      }
      cluster.awaitWhole();
      moved.forEach(way -> assertEnded(trial, way));
      load.awaitCalls(CALLS);
    }
    trial.assertAllHolds();
  }

  /** All there are, in an order drawn from the seed, but not more than rounds. */
  private static List<Kill> kills() {
    List<Kill> kills = new ArrayList<>();
    for (Step step : Step.values()) {
      for (Victim victim : Victim.values()) {
        kills.add(new Kill(victim, step));
      }
    }
    Collections.shuffle(kills, new Random(SEED));
    return kills.subList(0, Math.min(ROUNDS, kills.size()));
  }

  /** The coordinator's node has nothing else to do with the move, if that can be. */
  private static Way way(List<String> tenants, Victim victim) {
    ClusterNode oldest = cluster.oldest();
    String tenant =
        tenants.stream()
            .filter(it -> !Cluster.home(oldest, it).equals(oldest.address()))
            .findFirst()
            .orElse(tenants.getFirst());
    ClusterNode source = cluster.node(Cluster.home(oldest, tenant));
    ClusterNode target =
        cluster.nodes().stream()
            .filter(it -> it != source && it != oldest)
            .findFirst()
            .orElseThrow();
    ClusterNode third =
        cluster.nodes().stream()
            .filter(it -> it != source && it != target)
            .findFirst()
            .orElseThrow();
    return new Way(tenant, source, target, victim == Victim.COORDINATOR ? source : third);
  }

  private static void moveAndKill(Trial trial, Way way, Kill kill) {
    ClusterNode victim = way.victim(kill.victim());
    long lost;
    try (LogWatch log = way.mover().log()) {
      CompletableFuture<Boolean> killed =
          log.when(" of %s: %s".formatted(way.tenant(), kill.step()), victim::kill);
      lost = trial.failsOver();
      migrate(way);
      Await.until("the step is reached", killed::isDone);
      assertThat(killed).isCompletedWithValue(true);
    }
    long pause = trial.awaitWritten(lost, List.of(way.tenant())).toMillis();
    trial.note(
        "%s killed at %s: %s served again after %d ms"
            .formatted(kill.victim(), kill.step(), way.tenant(), pause));
    victim.start();
    victim.awaitReady();
  }

  /** The mover may be killed before it answers. */
  private static void migrate(Way way) {
    try {
      Migrations.begin(way.tenant(), way.mover(), way.target());
    } catch (Client.GoneException killed) {
      assertThat(way.mover().isAlive()).as("the mover lives").isFalse();
    }
  }

  /** The move has an end that is kept and that the tenant knows, and all nodes know its home. */
  private static void assertEnded(Trial trial, Way way) {
    Await.until("the move has ended", () -> !status(way).equals("running"));
    String status = status(way);
    trial.note("%s %s".formatted(way.tenant(), status));
    if (status.equals("completed")) {
      Await.until(
          "the tenant is on its node",
          () -> Cluster.home(way.mover(), way.tenant()).equals(way.target().address()));
    }
    Await.until(
        "all nodes know the same home",
        () ->
            cluster.nodes().stream()
                    .map(node -> Cluster.home(node, way.tenant()))
                    .distinct()
                    .count()
                == 1);
    Migrations.assertWrittenDown(way.tenant(), migration(way).get("id").asText());
  }

  private static String status(Way way) {
    return migration(way).get("status").asText();
  }

  private static JsonNode migration(Way way) {
    JsonNode migrations = Migrations.list(way.tenant(), cluster.oldest());
    assertThat(migrations.size()).isEqualTo(1);
    return migrations.get(0);
  }
}
