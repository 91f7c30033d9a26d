package io.atoll.tenant;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.access.KeyMode;
import io.atoll.access.Scope;
import io.atoll.map.Idempotency;
import io.atoll.map.Key;
import io.atoll.map.OperateReply;
import io.atoll.map.Operation;
import io.atoll.map.Outcome;
import io.atoll.quota.Quota;
import io.atoll.quota.QuotaOverrides;
import io.atoll.quota.QuotaPatch;
import io.atoll.refusal.ErrorCode;
import io.atoll.time.TimeSource;
import io.atoll.usage.Period;
import io.atoll.usage.UsageBucket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.jspecify.annotations.Nullable;

/** One tenant's actor with everything around it, for tests that talk to it. */
final class TenantHarness {
  private static int tenants;

  final ActorTestKit testKit;
  final TenantWorld world;
  final String tenantId = "tenant-" + tenants++;
  final TestProbe<ClusterSharding.ShardCommand> shard;
  ActorRef<TenantCommand> tenant;

  TenantHarness(ActorTestKit testKit) {
    this(testKit, TimeSource.system());
  }

  TenantHarness(ActorTestKit testKit, TimeSource time) {
    this(testKit, new TenantWorld(testKit.system().settings().config(), time));
  }

  TenantHarness(ActorTestKit testKit, TenantWorld world) {
    this.testKit = testKit;
    this.world = world;
    this.shard = testKit.createTestProbe();
    this.tenant = spawn();
  }

  private ActorRef<TenantCommand> spawn() {
    return testKit.spawn(TenantActor.create(tenantId, world.environment(), shard.ref()));
  }

  /** Ends the actor without giving it a chance to finish anything, and starts it again. */
  void kill() {
    testKit.stop(tenant);
    tenant = spawn();
  }

  /**
   * Waits until the actor wants to leave memory because something of it has failed, and starts it
   * again.
   */
  void awaitFailed() {
    shard.expectMessageClass(ClusterSharding.Passivate.class, Duration.ofSeconds(60));
    passivate();
  }

  /** Lets the actor leave memory as it would when it is idle, and starts it again. */
  void passivate() {
    tenant.tell(new TenantCommand.Stop());
    shard.expectTerminated(tenant, Duration.ofSeconds(60));
    tenant = spawn();
  }

  TenantView create(String plan) {
    return create(Tenants.spec("Acme", plan));
  }

  TenantView create(String plan, Map<Quota, Long> quotas) {
    return create(
        Tenants.withQuotas(Tenants.spec("Acme", plan), new QuotaOverrides(quotas, Map.of())));
  }

  TenantView create(TenantSpec spec) {
    TenantReply reply = ask(replyTo -> new TenantCommand.Create(spec, null, replyTo));
    assertThat(reply).isInstanceOf(TenantReply.Described.class);
    return ((TenantReply.Described) reply).tenant();
  }

  TenantReply patch(Quota quota, long limit) {
    QuotaPatch patch = new QuotaPatch(Map.of(quota, Optional.of(limit)), Map.of());
    return patch(new TenantPatch(null, null, null, patch, Map.of(), null, null, null));
  }

  TenantReply patch(TenantStatus status) {
    return patch(Tenants.patchStatus(status));
  }

  TenantReply patch(TenantPatch patch) {
    return ask(replyTo -> new TenantCommand.Update(patch, -1, replyTo));
  }

  TenantReply delete() {
    return ask(replyTo -> new TenantCommand.Remove(false, null, replyTo));
  }

  TenantReply purge() {
    return ask(replyTo -> new TenantCommand.Remove(true, null, replyTo));
  }

  TenantReply.KeyMade makeKey(long expiresAt, @Nullable Idempotency idempotency) {
    return (TenantReply.KeyMade)
        ask(replyTo ->
            new TenantCommand.MakeKey(
                "ci", Scope.DEFAULT, KeyMode.LIVE, expiresAt, idempotency, replyTo));
  }

  TestProbe<SessionNotice> session() {
    return testKit.createTestProbe();
  }

  TenantReply open(String id, Caller caller, boolean resumed, TestProbe<SessionNotice> session) {
    return ask(replyTo ->
        new TenantCommand.OpenSession(caller, id, true, resumed, session.ref(), replyTo));
  }

  List<UsageBucket> usage() {
    TenantReply reply =
        ask(replyTo -> new TenantCommand.ReadUsage(Period.DAY, 0, Long.MAX_VALUE / 2, replyTo));
    return ((TenantReply.UsageRead) reply).buckets();
  }

  TenantReply ask(Function<ActorRef<TenantReply>, TenantCommand> command) {
    TestProbe<TenantReply> probe = testKit.createTestProbe();
    tenant.tell(command.apply(probe.ref()));
    return probe.receiveMessage();
  }

  List<Outcome> operate(Operation... operations) {
    return operate(Caller.ADMIN, operations);
  }

  List<Outcome> operate(Caller caller, Operation... operations) {
    TestProbe<OperateReply> probe = testKit.createTestProbe();
    send(caller, probe, operations);
    return outcomes(probe, operations.length);
  }

  void send(Caller caller, TestProbe<OperateReply> probe, Operation... operations) {
    tenant.tell(new TenantCommand.Operate(caller, 7, Arrays.asList(operations), probe.ref()));
  }

  /** The outcomes of so many operations, by their positions in one request. */
  List<Outcome> outcomes(TestProbe<OperateReply> probe, int operations) {
    List<Outcome> outcomes = new ArrayList<>(Collections.nCopies(operations, null));
    int missing = operations;
    while (missing > 0) {
      OperateReply.Outcomes reply = (OperateReply.Outcomes) probe.receiveMessage();
      for (int i = 0; i < reply.positions().length; i++) {
        outcomes.set(reply.positions()[i], reply.outcomes().get(i));
        missing--;
      }
    }
    return outcomes;
  }

  /** The code with which the whole request is refused. */
  ErrorCode rejection(Caller caller, Operation... operations) {
    TestProbe<OperateReply> probe = testKit.createTestProbe();
    send(caller, probe, operations);
    return ((OperateReply.Rejected) probe.receiveMessage()).refusal().code();
  }

  static ErrorCode refusal(TenantReply reply) {
    return ((TenantReply.Refused) reply).refusal().code();
  }

  static ErrorCode refusal(Outcome outcome) {
    return ((Outcome.Refused) outcome).refusal().code();
  }

  static Operation set(String map, String key, String json) {
    return new Operation.Set(
        map, Key.of(key), json.getBytes(UTF_8), Operation.ANY, Operation.FOREVER, null);
  }

  static Operation get(String map, String key) {
    return new Operation.Get(map, Key.of(key));
  }
}
