package io.atoll.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MembershipAgentTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String OTHER = "127.0.0.1:1";

  private final ActorTestKit kit =
      ActorTestKit.create(
          "atoll",
          ConfigFactory.parseString(
                  """
                  pekko.actor { provider = cluster, allow-java-serialization = off }
                  pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
                  pekko.cluster {
                    jmx.enabled = off
                    seed-node-timeout = 50ms
                    shutdown-after-unsuccessful-join-seed-nodes = off
                  }
                  """)
              .withFallback(ConfigFactory.load()));
  private final Cluster cluster = Cluster.get(kit.system());
  private final String self = name(cluster.selfMember().address());
  private final MemoryFormationStore store = new MemoryFormationStore();
  private final CompletableFuture<Done> begun = new CompletableFuture<>();
  private final TestProbe<Done> answers = kit.createTestProbe(Done.class);

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void theFirstSeedFormsAClusterWhenNobodyIsAlive() throws Exception {
    start();
    await();

    assertThat(store.number).hasValue(1);
    assertThat(store.nodes).isEqualTo(Map.of(self, 1L));
  }

  @Test
  void whatItSaidBeforeItWasRestartedDoesNotKeepItFromFormingOne() throws Exception {
    store.number.set(3);
    store.nodes.put(self, 3L);
    start();
    await();

    assertThat(store.number).hasValue(4);
    assertThat(store.nodes).isEqualTo(Map.of(self, 4L));
  }

  @Test
  void itFormsNoneBeforeTheOthersHaveBeenSilentForLong() throws Exception {
    store.number.set(1);
    store.nodes.put(OTHER, 1L);
    start();
    awaitReads(3);
    assertThat(begun).isNotDone();
    assertThat(store.number).hasValue(1);

    store.nodes.remove(OTHER);
    await();

    assertThat(store.number).hasValue(2);
  }

  @Test
  void whoJoinsWaitsUntilOneWhoWasThereSaysWhichClusterItIs() throws Exception {
    store.number.set(3);
    ActorRef<MembershipCommand> agent = join();
    agent.tell(new MembershipCommand.IsUp(List.of(OTHER)));
    awaitReads(3);
    assertThat(begun).isNotDone();

    store.number.set(4);
    store.nodes.put(OTHER, 4L);
    await();

    assertThat(store.nodes).containsEntry(self, 4L);
    assertThat(store.number).hasValue(4);
  }

  @Test
  void whoHasFormedAClusterWhileAnotherNodeIsAliveEnds() {
    store.nodes.put(OTHER, 1L);
    join();
    cluster.manager().tell(Join.create(cluster.selfMember().address()));

    answers.awaitAssert(
        PATIENCE,
        () -> {
          assertThat(cluster.isTerminated()).isTrue();
          return Done.getInstance();
        });
    assertThat(store.number).hasValue(0);
  }

  @Test
  void aClusterThatWasNumberedIsNotNumberedAgainWhenTheStoreFails() throws Exception {
    store.failures.set(3);
    start();
    await();

    assertThat(store.number).hasValue(1);
    assertThat(store.failures).hasValue(0);
  }

  @Test
  void itEndsOnceAnotherClusterWasFormed() throws Exception {
    start();
    await();

    store.number.set(2);

    answers.awaitAssert(
        PATIENCE,
        () -> {
          assertThat(cluster.isTerminated()).isTrue();
          return Done.getInstance();
        });
  }

  @Test
  void whoLeavesIsForgotten() throws Exception {
    ActorRef<MembershipCommand> agent = start();
    await();

    agent.tell(new MembershipCommand.End(answers.ref()));
    answers.expectMessage(PATIENCE, Done.getInstance());

    assertThat(store.nodes).isEmpty();
  }

  private ActorRef<MembershipCommand> start() {
    return kit.spawn(MembershipAgent.create(List.of(self, OTHER), store, begun));
  }

  /** A node that is no seed and finds nobody. */
  private ActorRef<MembershipCommand> join() {
    return kit.spawn(MembershipAgent.create(List.of(OTHER), store, begun));
  }

  private void awaitReads(int reads) {
    int before = store.reads.get();
    answers.awaitAssert(
        PATIENCE,
        () -> {
          assertThat(store.reads).hasValueGreaterThan(before + reads);
          return Done.getInstance();
        });
  }

  private void await() throws Exception {
    begun.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private static String name(Address address) {
    return address.host().get() + ":" + address.port().get();
  }
}
