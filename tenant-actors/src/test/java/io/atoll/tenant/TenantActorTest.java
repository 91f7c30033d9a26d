package io.atoll.tenant;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.map.Key;
import io.atoll.map.OperateReply;
import io.atoll.map.Operation;
import io.atoll.map.Outcome;
import io.atoll.quota.QuotaOverrides;
import io.atoll.refusal.ErrorCode;
import io.atoll.time.TimeSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TenantActorTest {
  private static final ActorTestKit testKit = ActorTestKit.create(TenantWorld.config());
  private static int tenants;

  private final TenantWorld world =
      new TenantWorld(testKit.system().settings().config(), TimeSource.system());
  private final TestProbe<ClusterSharding.ShardCommand> shard = testKit.createTestProbe();
  private String tenantId = "";
  private ActorRef<TenantCommand> tenant = testKit.system().deadLetters();

  @AfterAll
  static void stop() {
    testKit.shutdownTestKit();
  }

  @BeforeEach
  void start() {
    tenantId = "tenant-" + tenants++;
    tenant = spawn();
  }

  @Test
  void aCreatedTenantStoresAnEntryAndGivesItBack() {
    create("free");

    assertThat(operate(set("users", "u1", "1"), get("users", "u1")))
        .satisfiesExactly(
            written -> assertThat(written).isEqualTo(new Outcome.Written(1, true)),
            found ->
                assertThat(found)
                    .isInstanceOfSatisfying(
                        Outcome.Found.class,
                        it -> assertThat(new String(it.value(), UTF_8)).isEqualTo("1")));
  }

  @Test
  void anUnknownTenantIsNotFoundByAnything() {
    assertThat(refusal(ask(TenantCommand.Describe::new))).isEqualTo(ErrorCode.TENANT_NOT_FOUND);
    assertThat(rejection(get("m", "k"))).isEqualTo(ErrorCode.TENANT_NOT_FOUND);
  }

  @Test
  void everythingIsThereAfterAStop() {
    create("free");
    operate(set("users", "u1", "1"));
    testKit.stop(tenant);
    tenant = spawn();

    assertThat(operate(set("users", "u1", "2"))).containsExactly(new Outcome.Written(2, false));
  }

  private ActorRef<TenantCommand> spawn() {
    return testKit.spawn(TenantActor.create(tenantId, world.environment(), shard.ref()));
  }

  private TenantView create(String plan) {
    TenantSpec spec =
        new TenantSpec("Acme", plan, QuotaOverrides.NONE, Map.of(), "{}", null, Residency.ANYWHERE);
    TenantReply reply = ask(replyTo -> new TenantCommand.Create(spec, null, replyTo));
    assertThat(reply).isInstanceOf(TenantReply.Described.class);
    return ((TenantReply.Described) reply).tenant();
  }

  private TenantReply ask(Function<ActorRef<TenantReply>, TenantCommand> command) {
    TestProbe<TenantReply> probe = testKit.createTestProbe();
    tenant.tell(command.apply(probe.ref()));
    return probe.receiveMessage();
  }

  private List<Outcome> operate(Operation... operations) {
    TestProbe<OperateReply> probe = testKit.createTestProbe();
    tenant.tell(new TenantCommand.Operate(Caller.ADMIN, 7, Arrays.asList(operations), probe.ref()));
    List<Outcome> outcomes =
        new ArrayList<>(java.util.Collections.nCopies(operations.length, null));
    int missing = operations.length;
    while (missing > 0) {
      OperateReply.Outcomes reply = (OperateReply.Outcomes) probe.receiveMessage();
      for (int i = 0; i < reply.positions().length; i++) {
        outcomes.set(reply.positions()[i], reply.outcomes().get(i));
        missing--;
      }
    }
    return outcomes;
  }

  private ErrorCode rejection(Operation... operations) {
    TestProbe<OperateReply> probe = testKit.createTestProbe();
    tenant.tell(new TenantCommand.Operate(Caller.ADMIN, 7, Arrays.asList(operations), probe.ref()));
    return ((OperateReply.Rejected) probe.receiveMessage()).refusal().code();
  }

  private static ErrorCode refusal(TenantReply reply) {
    return ((TenantReply.Refused) reply).refusal().code();
  }

  private static Operation set(String map, String key, String json) {
    return new Operation.Set(
        map, Key.of(key), json.getBytes(UTF_8), Operation.ANY, Operation.FOREVER, null);
  }

  private static Operation get(String map, String key) {
    return new Operation.Get(map, Key.of(key));
  }
}
