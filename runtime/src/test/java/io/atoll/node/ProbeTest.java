package io.atoll.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.sharding.ShardRegion;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.CollectionConverters;

/** A node that is up, over a coordinator of the shards that answers as it is told to, or not. */
class ProbeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration SHORTLY = Duration.ofMillis(300);

  private final ActorTestKit kit =
      ActorTestKit.create(
          ConfigFactory.parseString(
                  """
                  pekko.actor.provider = cluster
                  pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
                  pekko.cluster.jmx.enabled = off
                  """)
              .withFallback(ConfigFactory.load()));
  private final Cluster cluster = Cluster.get(kit.system());
  private volatile Set<Address> regions = Set.of();
  private volatile boolean silent;
  private volatile boolean storeIsDown;

  @BeforeEach
  void join() {
    cluster.manager().tell(Join.create(cluster.selfMember().address()));
    kit.createTestProbe()
        .awaitAssert(
            PATIENCE,
            () -> {
              assertThat(cluster.selfMember().status()).isEqualTo(MemberStatus.up());
              return regions;
            });
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void aNodeIsNotReadyBeforeItsRegionIsRegistered() throws Exception {
    Probe probe = probe(true, PATIENCE);
    assertMissing(probe, "the shard region is not registered");
    silent = true;
    assertMissing(probe(true, SHORTLY), "timed out");

    silent = false;
    regions = Set.of(cluster.selfMember().address());
    answer(probe.ask());
  }

  @Test
  void aNodeThatWasReadyStaysSoWhileTheCoordinatorIsAway() throws Exception {
    Probe probe = probe(true, PATIENCE);
    regions = Set.of(cluster.selfMember().address());
    answer(probe.ask());

    regions = Set.of();
    answer(probe.ask());
    silent = true;
    answer(probe.ask());
    storeIsDown = true;
    assertMissing(probe, "the store is down");
  }

  @Test
  void aNodeThatDoesNotKnowItsClusterIsNotReady() {
    regions = Set.of(cluster.selfMember().address());

    assertMissing(probe(false, PATIENCE), "which cluster");
  }

  private static void answer(CompletionStage<?> asked) throws Exception {
    asked.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private static void assertMissing(Probe probe, String what) {
    assertThatThrownBy(() -> answer(probe.ask())).hasMessageContaining(what);
  }

  private Probe probe(boolean member, Duration bound) {
    return new Probe(kit.system(), kit.spawn(region()), () -> member, this::store, bound);
  }

  private CompletionStage<?> store() {
    return storeIsDown
        ? CompletableFuture.failedFuture(new IllegalStateException("the store is down"))
        : CompletableFuture.completedFuture("up");
  }

  /** Answers for the coordinator. */
  private Behavior<Object> region() {
    return Behaviors.receive((context, question) -> {
      if (!silent) {
        Adapter.toClassic(context)
            .sender()
            .tell(
                new ShardRegion.CurrentRegions(CollectionConverters.asScala(regions).toSet()),
                ActorRef.noSender());
      }
      return Behaviors.same();
    });
  }
}
