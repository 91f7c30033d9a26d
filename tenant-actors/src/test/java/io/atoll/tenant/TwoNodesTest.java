package io.atoll.tenant;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.atoll.access.KeyMode;
import io.atoll.access.KeyText;
import io.atoll.access.Scope;
import io.atoll.map.Key;
import io.atoll.map.OperateReply;
import io.atoll.map.Operation;
import io.atoll.map.Outcome;
import io.atoll.map.WatchReply;
import io.atoll.map.WatchSignal;
import io.atoll.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.pekko.actor.ActorPath;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.FunctionRef;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import scala.runtime.BoxedUnit;

/** An edge on one node and the tenants on another, with all that they say going over TCP. */
class TwoNodesTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String ROLE = "tenants";
  private static final int MIB = 1 << 20;

  private static final ActorTestKit home = node("[" + ROLE + "]");
  private static final ActorTestKit edge = node("[]");
  private static final TenantWorld world =
      new TenantWorld(home.system().settings().config(), TimeSource.system());

  private static ActorRef<ShardingEnvelope<TenantCommand>> region =
      edge.system().deadLetters().unsafeUpcast();

  private final TestProbe<OperateReply> outcomes = edge.createTestProbe();

  private static ActorTestKit node(String roles) {
    Config config =
        ConfigFactory.parseString(
            """
            pekko.actor.provider = cluster
            pekko.actor.allow-java-serialization = off
            pekko.remote.artery {
              transport = tcp
              canonical { hostname = "127.0.0.1", port = 0 }
              bind.bind-timeout = 60 s
              advanced.maximum-frame-size = 9 MiB
              advanced.buffer-pool-size = 16
            }
            pekko.cluster {
              jmx.multi-mbeans-in-same-jvm = on
              periodic-tasks-initial-delay = 50 ms
              leader-actions-interval = 200 ms
              gossip-interval = 200 ms
              sharding.retry-interval = 200 ms
            }
            """);
    return ActorTestKit.create(
        "atoll",
        ConfigFactory.parseString("pekko.cluster.roles = " + roles)
            .withFallback(config)
            .withFallback(TenantWorld.config()));
  }

  @BeforeAll
  static void form() {
    Cluster first = Cluster.get(home.system());
    first.manager().tell(Join.create(first.selfMember().address()));
    join(
        home,
        Entity.of(
            TenantSharding.TYPE,
            entity ->
                TenantActor.create(entity.getEntityId(), world.environment(), entity.getShard())));
    Cluster.get(edge.system()).manager().tell(Join.create(first.selfMember().address()));
    region = join(edge, Entity.of(TenantSharding.TYPE, entity -> Behaviors.empty()));
  }

  /** The region of a node; tenants are only where the role is. */
  private static ActorRef<ShardingEnvelope<TenantCommand>> join(
      ActorTestKit node, Entity<TenantCommand, ?> tenants) {
    return ClusterSharding.get(node.system())
        .init(
            tenants
                .withRole(ROLE)
                .withMessageExtractor(new TenantCells(new Placements()))
                .withStopMessage(new TenantCommand.Stop()));
  }

  @AfterAll
  static void stop() {
    edge.shutdownTestKit();
    home.shutdownTestKit();
  }

  @Test
  void aTenantOnAnotherNodeIsCreatedAndOperated() {
    assertThat(create("operated").tenant().id()).isEqualTo("operated");

    tell("operated", operate(1, TenantHarness.set("m", "a", "1")));
    assertThat(answers(1)).containsExactly(new Outcome.Written(1, true));
    tell("operated", operate(2, new Operation.Get("m", Key.of("a")), new Operation.ListMaps()));
    assertThat(answers(2))
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactlyInAnyOrder(
            new Outcome.Found("1".getBytes(UTF_8), 1),
            new Outcome.MapsListed(List.of(new Outcome.MapSize("m", 1, 2))));
    assertThat(world.hotTenants().contains("operated")).isTrue();
  }

  @Test
  void oneThatDoesNotExistIsRejectedAcrossNodes() {
    tell("nobody", operate(7, new Operation.ListMaps()));

    OperateReply.Rejected rejected = (OperateReply.Rejected) outcomes.receiveMessage(LONG);
    assertThat(rejected.correlation()).isEqualTo(7);
  }

  @Test
  void aWatchSeesChangesOfAMapOnAnotherNode() {
    create("watched");
    tell("watched", operate(1, TenantHarness.set("m", "a", "0")));
    assertThat(answers(1)).containsExactly(new Outcome.Written(1, true));
    TestProbe<WatchReply> watch = edge.createTestProbe();
    tell("watched", new TenantCommand.Watch(Caller.ADMIN, 5, "m", Key.of(""), -1, watch.ref()));
    WatchReply.Started started = (WatchReply.Started) watch.receiveMessage(LONG);

    for (String value : List.of("1", "2")) {
      tell("watched", operate(1, TenantHarness.set("m", "a", value)));
      WatchReply.Changes changes = (WatchReply.Changes) watch.receiveMessage(LONG);
      assertThat(changes.changes().getFirst().value()).isEqualTo(value.getBytes(UTF_8));
      started.feed().tell(WatchSignal.READY);
    }
    started.feed().tell(WatchSignal.STOP);
    watch.expectTerminated(started.feed(), LONG);
  }

  @Test
  void aSessionOfAKeyEndsWhenTheKeyIsRevokedOnAnotherNode() {
    create("entered");
    TenantReply.KeyMade made =
        (TenantReply.KeyMade)
            ask(
                "entered",
                replyTo ->
                    new TenantCommand.MakeKey(
                        "ci", Set.of(Scope.READ), KeyMode.LIVE, -1, null, replyTo));
    String keyId = made.key().id();
    byte[] secret = KeyText.parse(made.text()).orElseThrow().secret();
    assertThat(ask("entered", replyTo -> new TenantCommand.VerifyKey(keyId, secret, replyTo)))
        .isEqualTo(new TenantReply.KeyVerified(keyId, Set.of(Scope.READ), -1));
    TestProbe<SessionNotice> session = edge.createTestProbe();
    ask(
        "entered",
        replyTo ->
            new TenantCommand.OpenSession(
                Caller.key(keyId), "s", true, false, session.ref(), replyTo));
    ask("entered", replyTo -> new TenantCommand.RevokeKey(keyId, replyTo));

    assertThat(session.receiveMessage(LONG))
        .isEqualTo(new SessionNotice.End("entered", SessionNotice.Reason.KEY_REVOKED));
  }

  @Test
  void anAddressWithoutAMailboxIsAnsweredFromAnotherNode() throws InterruptedException {
    create("addressed");
    BlockingQueue<OperateReply> told = new LinkedBlockingQueue<>();
    tell(
        "addressed",
        new TenantCommand.Operate(
            Caller.ADMIN, 3, List.of(TenantHarness.set("m", "a", "1")), address(told)));

    OperateReply reply = told.poll(60, TimeUnit.SECONDS);
    assertThat(((OperateReply.Outcomes) reply).outcomes())
        .containsExactly(new Outcome.Written(1, true));
  }

  @Test
  void commandsBehindAKnockReachATenantOnAnotherNodeInTheirOrder() {
    create("knocked");
    TenantDoors doors = TenantDoors.open(edge.system(), region, tenantId -> true);
    for (int i = 1; i <= 5; i++) {
      doors.send("knocked", operate(i, TenantHarness.set("m", "a", "" + i)));
    }

    for (int i = 1; i <= 5; i++) {
      OperateReply.Outcomes reply = (OperateReply.Outcomes) outcomes.receiveMessage(LONG);
      assertThat(reply.correlation()).isEqualTo(i);
      assertThat(reply.outcomes()).containsExactly(new Outcome.Written(i, i == 1));
    }
  }

  @Test
  void theLargestRequestsAndAnswersCross() {
    create("large", Tenants.spec("Large", "pro"));
    List<Operation> sets = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      sets.add(TenantHarness.set("m", "key-" + i, "\"" + "v".repeat(MIB - 2) + "\""));
    }
    tell("large", operate(1, sets.toArray(Operation[]::new)));
    assertThat(answers(8)).allMatch(Outcome.Written.class::isInstance);

    tell("large", operate(2, new Operation.Scan("m", Key.of(""), null, 1_000, true)));
    assertThat(answers(1))
        .first()
        .extracting(scanned -> ((Outcome.Scanned) scanned).items())
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .hasSize(4);

    tell(
        "large",
        operate(
            3,
            IntStream.range(0, 100)
                .mapToObj(i -> new Operation.Get("m", Key.of("key-" + i % 8)))
                .toArray(Operation[]::new)));
    assertThat(answers(100)).allMatch(outcome -> ((Outcome.Found) outcome).value().length == MIB);
  }

  @Test
  void everyMessageCrossesThereAndBack() {
    TestProbe<Object> back = edge.createTestProbe();
    ActorRef<Object> there = echo(back.ref());

    SentSamples.all(edge.<Object>createTestProbe().ref())
        .forEach((name, sample) -> {
          there.tell(sample);
          SentMessagesTest.assertSame(name, back.receiveMessage(LONG), sample);
        });
  }

  /** The way to an actor at home that sends what it gets to this one on the edge. */
  private static ActorRef<Object> echo(ActorRef<Object> back) {
    ActorRef<Object> echo =
        home.spawn(
            Behaviors.receive((context, message) -> {
              seenFrom(home.system(), edge.system(), back).tell(message);
              return Behaviors.same();
            }));
    return seenFrom(edge.system(), home.system(), echo);
  }

  private static <T> ActorRef<T> seenFrom(
      ActorSystem<?> here, ActorSystem<?> there, ActorRef<T> reference) {
    String name = ActorRefResolver.get(there).toSerializationFormat(reference);
    return ActorRefResolver.get(here).resolveActorRef(name);
  }

  /** An address as the edge has it for the answers to operations. */
  private static ActorRef<OperateReply> address(BlockingQueue<OperateReply> told) {
    ExtendedActorSystem system = (ExtendedActorSystem) Adapter.toClassic(edge.system());
    ActorPath path = system.provider().tempPath("replies");
    FunctionRef address =
        new FunctionRef(
            path,
            system.provider(),
            system,
            (_, message) -> {
              told.add((OperateReply) message);
              return BoxedUnit.UNIT;
            });
    system.provider().registerTempActor(address, path);
    return Adapter.toTyped(address);
  }

  private TenantCommand.Operate operate(long correlation, Operation... operations) {
    return new TenantCommand.Operate(
        Caller.ADMIN, correlation, List.of(operations), outcomes.ref());
  }

  private List<Outcome> answers(int count) {
    List<Outcome> answers = new ArrayList<>();
    while (answers.size() < count) {
      answers.addAll(((OperateReply.Outcomes) outcomes.receiveMessage(LONG)).outcomes());
    }
    return answers;
  }

  private static TenantReply.Described create(String tenantId) {
    return create(tenantId, Tenants.FREE);
  }

  private static TenantReply.Described create(String tenantId, TenantSpec spec) {
    return (TenantReply.Described)
        ask(tenantId, replyTo -> new TenantCommand.Create(spec, null, replyTo));
  }

  /** Asks as the edge does, by an address that lasts for one answer. */
  private static TenantReply ask(
      String tenantId, Function<ActorRef<TenantReply>, TenantCommand> command) {
    return AskPattern.<ShardingEnvelope<TenantCommand>, TenantReply>ask(
            region,
            replyTo -> new ShardingEnvelope<>(tenantId, command.apply(replyTo)),
            LONG,
            edge.system().scheduler())
        .toCompletableFuture()
        .join();
  }

  private static void tell(String tenantId, TenantCommand command) {
    region.tell(new ShardingEnvelope<>(tenantId, command));
  }
}
