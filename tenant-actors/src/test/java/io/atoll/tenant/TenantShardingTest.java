package io.atoll.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.atoll.map.OperateReply;
import io.atoll.map.Outcome;
import io.atoll.time.TimeSource;
import io.atoll.usage.UsageBucket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.ShardRegion.CurrentShardRegionState;
import org.apache.pekko.cluster.sharding.typed.GetShardRegionState;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TenantShardingTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int COMMANDS = 300;
  private static final ActorTestKit testKit = ActorTestKit.create(config());
  private static final TenantWorld world =
      new TenantWorld(testKit.system().settings().config(), TimeSource.system());

  private static ActorRef<ShardingEnvelope<TenantCommand>> tenants =
      testKit.system().deadLetters().unsafeUpcast();

  private final TestProbe<TenantReply> replies = testKit.createTestProbe();

  private static Config config() {
    return ConfigFactory.parseString(
            """
            pekko.actor.provider = cluster
            pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
            pekko.cluster.jmx.multi-mbeans-in-same-jvm = on
            atoll.tenant.passivate-after = 300 ms
            atoll.tenant.passivate-absent-after = 1 s
            atoll.map.idle-after = 100 ms
            """)
        .withFallback(TenantWorld.config());
  }

  @BeforeAll
  static void start() {
    Cluster cluster = Cluster.get(testKit.system());
    cluster.manager().tell(Join.create(cluster.selfMember().address()));
    tenants = TenantActor.init(testKit.system(), world.environment());
  }

  @AfterAll
  static void stop() {
    testKit.shutdownTestKit();
  }

  @Test
  void anIdleTenantLeavesMemoryWithItsUsageStoredAndComesBackWhenAsked() {
    assertThat(ask("idle", replyTo -> new TenantCommand.Create(Tenants.FREE, null, replyTo)))
        .isInstanceOf(TenantReply.Described.class);
    assertThat(write("idle", "a")).isEqualTo(new Outcome.Written(1, true));
    awaitHot("idle");
    awaitCold("idle");

    assertThat(world.usageTable().all("idle", 1).stream().mapToLong(UsageBucket::writeOps).sum())
        .isEqualTo(1);
    assertThat(write("idle", "a")).isEqualTo(new Outcome.Written(2, false));
  }

  @Test
  void aTenantWithAnOpenSessionStaysInMemory() {
    ask("busy", replyTo -> new TenantCommand.Create(Tenants.FREE, null, replyTo));
    TestProbe<SessionNotice> session = testKit.createTestProbe();
    ask(
        "busy",
        replyTo ->
            new TenantCommand.OpenSession(Caller.TOKEN, "s", true, false, session.ref(), replyTo));
    session.expectNoMessage(Duration.ofSeconds(1));
    assertThat(world.hotTenants().contains("busy")).isTrue();
    tell("busy", new TenantCommand.CloseSession("s"));

    awaitCold("busy");
  }

  @Test
  void failedCreationsLeaveNoActorBehind() {
    for (int i = 0; i < 50; i++) {
      createInVain("failed-" + i);
    }
    replies.awaitAssert(
        LONG,
        () -> {
          createInVain("failed-50");
          assertThat(entities()).anyMatch(id -> id.startsWith("failed-"));
          return null;
        });

    replies.awaitAssert(
        LONG,
        () -> {
          assertThat(entities()).noneMatch(id -> id.startsWith("failed-"));
          return null;
        });
  }

  @Test
  void everythingThatComesWhileATenantFailsIsAnswered() {
    PersistenceTestKit journal = PersistenceTestKit.create(testKit.system());
    TenantDoors doors = TenantDoors.open(testKit.system(), tenants, _ -> true);
    ask("broken", replyTo -> new TenantCommand.Create(Tenants.FREE, null, replyTo));
    write("broken", "a");
    TestProbe<OperateReply> client = testKit.createTestProbe();
    journal.failNextPersisted(PersistenceIds.map("broken", 1, "m"));
    for (int i = 0; i < COMMANDS; i++) {
      doors.send(
          "broken",
          new TenantCommand.Operate(
              Caller.ADMIN, i, List.of(TenantHarness.set("m", "k" + i, "1")), client.ref()));
    }

    List<Long> answered = new ArrayList<>();
    for (int i = 0; i < COMMANDS; i++) {
      answered.add(
          switch (client.receiveMessage(LONG)) {
            case OperateReply.Outcomes outcomes -> outcomes.correlation();
            case OperateReply.Rejected rejected -> rejected.correlation();
          });
    }
    assertThat(answered).doesNotHaveDuplicates();
    awaitCold("broken");
  }

  private void createInVain(String tenantId) {
    TenantReply refused =
        ask(
            tenantId,
            replyTo -> new TenantCommand.Create(Tenants.spec("F", "no such plan"), null, replyTo));
    assertThat(refused).isInstanceOf(TenantReply.Refused.class);
  }

  /** The ids of the tenants that have an actor on this node. */
  private static List<String> entities() {
    TestProbe<CurrentShardRegionState> state = testKit.createTestProbe();
    ClusterSharding.get(testKit.system())
        .shardState()
        .tell(new GetShardRegionState(TenantSharding.TYPE, state.ref()));
    List<String> entities = new ArrayList<>();
    state.receiveMessage(LONG).getShards().forEach(it -> entities.addAll(it.getEntityIds()));
    return entities;
  }

  /** Sees the tenant in memory; on a slow machine it may have left again since it was asked. */
  private void awaitHot(String tenantId) {
    replies.awaitAssert(
        LONG,
        () -> {
          ask(tenantId, TenantCommand.Describe::new);
          assertThat(world.hotTenants().contains(tenantId)).isTrue();
          return null;
        });
  }

  private void awaitCold(String tenantId) {
    replies.awaitAssert(
        LONG,
        () -> {
          assertThat(world.hotTenants().contains(tenantId)).isFalse();
          return null;
        });
  }

  private Outcome write(String tenantId, String key) {
    TestProbe<OperateReply> client = testKit.createTestProbe();
    tell(
        tenantId,
        new TenantCommand.Operate(
            Caller.ADMIN, 1, List.of(TenantHarness.set("m", key, "1")), client.ref()));
    return ((OperateReply.Outcomes) client.receiveMessage(LONG)).outcomes().getFirst();
  }

  private TenantReply ask(String tenantId, Function<ActorRef<TenantReply>, TenantCommand> command) {
    tell(tenantId, command.apply(replies.ref()));
    return replies.receiveMessage(LONG);
  }

  private static void tell(String tenantId, TenantCommand command) {
    tenants.tell(new ShardingEnvelope<>(tenantId, command));
  }
}
