package io.atoll.tenant;

import static io.atoll.tenant.TenantHarness.get;
import static io.atoll.tenant.TenantHarness.refusal;
import static io.atoll.tenant.TenantHarness.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.map.Outcome;
import io.atoll.plan.Plans;
import io.atoll.quota.Quota;
import io.atoll.refusal.ErrorCode;
import io.atoll.time.ManualTime;
import io.atoll.usage.UsageBucket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What keeps a tenant in memory, and what it knows when it comes back. */
class TenantMemoryTest {
  private static final ActorTestKit testKit = ActorTestKit.create(TenantWorld.config());

  private final TenantHarness tenant = new TenantHarness(testKit);

  @AfterAll
  static void stop() {
    testKit.shutdownTestKit();
  }

  @Test
  void theUsesOfAnActionOutliveThatTheTenantLeavesMemory() {
    ManualTime time = new ManualTime();
    TenantHarness leaving = new TenantHarness(testKit, time);
    leaving.create("free");
    assertThat(leaving.ask(useCommands(8))).isInstanceOf(TenantReply.ActionRead.class);
    leaving.passivate();

    assertThat(refusal(leaving.ask(useCommands(3)))).isEqualTo(ErrorCode.RATE_LIMITED);
    assertThat(leaving.ask(useCommands(2))).isInstanceOf(TenantReply.ActionRead.class);
    leaving.passivate();
    assertThat(refusal(leaving.ask(useCommands(1)))).isEqualTo(ErrorCode.RATE_LIMITED);
    time.advance(Duration.ofMinutes(1));
    assertThat(leaving.ask(useCommands(10))).isInstanceOf(TenantReply.ActionRead.class);
  }

  @Test
  void aRateGoesOnWhereItWasWhenTheTenantLeftMemory() {
    ManualTime time = new ManualTime();
    TenantHarness leaving = new TenantHarness(testKit, time);
    leaving.create("free", Map.of(Quota.OPS_PER_SECOND, 2L, Quota.BURST, 4L));
    assertThat(admitted(leaving, 5)).isEqualTo(4);
    leaving.passivate();

    assertThat(admitted(leaving, 5)).isZero();
    time.advance(Duration.ofMillis(501));
    leaving.passivate();
    assertThat(admitted(leaving, 5)).isEqualTo(1);
    leaving.passivate();
    time.advance(Duration.ofMinutes(1));
    assertThat(admitted(leaving, 5)).isEqualTo(4);
  }

  @Test
  void bytesThatWereReadLastCountAfterTheTenantLeftMemory() {
    ManualTime time = new ManualTime();
    TenantHarness leaving = new TenantHarness(testKit, time);
    leaving.create("free", Map.of(Quota.BYTES_PER_SECOND, 100L));
    leaving.operate(set("m", "k", "\"%s\"".formatted("v".repeat(80))));
    time.advance(Duration.ofSeconds(2));
    assertThat(admitted(leaving, 2)).isEqualTo(2);
    leaving.passivate();

    assertThat(admitted(leaving, 1)).isZero();
    time.advance(Duration.ofSeconds(2));
    assertThat(admitted(leaving, 1)).isEqualTo(1);
  }

  @Test
  void aTenantThatFailedHasItsWholeBurst() {
    TenantHarness failing = new TenantHarness(testKit, new ManualTime());
    failing.create("free", Map.of(Quota.OPS_PER_SECOND, 2L, Quota.BURST, 4L));
    assertThat(admitted(failing, 5)).isEqualTo(4);
    failing.kill();
    assertThat(admitted(failing, 5)).isEqualTo(4);
  }

  private static long admitted(TenantHarness tenant, int attempts) {
    return IntStream.range(0, attempts)
        .filter(i ->
            !(tenant.operate(get("m", "k")).getFirst() instanceof Outcome.Refused refused
                && refused.refusal().denial() != null))
        .count();
  }

  @Test
  void aTenantThatOnlyItsNodeLooksAtLeavesMemory() {
    ManualTime time = new ManualTime();
    TenantHarness looked = new TenantHarness(testKit, time);
    looked.create("free");
    Duration idle = looked.world.environment().settings().passivateAfter();
    time.advance(idle);

    assertThat(looked.ask(TenantCommand.SampleStats::new))
        .isInstanceOf(TenantReply.StatsRead.class);
    looked.tenant.tell(new TenantCommand.PlansChanged());
    looked.tenant.tell(new TenantSignal.Idle());
    looked.shard.expectMessageClass(ClusterSharding.Passivate.class, Duration.ofSeconds(60));
  }

  @Test
  void plansThatChangeWhileATenantStartsAreNotMissed() {
    tenant.create("pro");
    Plans changed =
        Plans.builtIn()
            .with(List.of(Plans.builtIn().find("enterprise").orElseThrow().named("pro")));
    tenant.world.onPlansRead(() -> {
      tenant.world.plans(changed);
      tenant.world.hotTenants().plansChanged();
    });
    tenant.kill();

    tenant.shard.awaitAssert(
        Duration.ofSeconds(60),
        () -> {
          TenantReply.StatsRead stats =
              (TenantReply.StatsRead) tenant.ask(TenantCommand.ReadStats::new);
          assertThat(stats.quotas().limit(Quota.MAPS)).isEqualTo(Quota.UNLIMITED);
          return null;
        });
  }

  @Test
  void aDescriptionHasTheLastAccessThatTheTenantInMemoryKnows() {
    ManualTime time = new ManualTime();
    TenantHarness used = new TenantHarness(testKit, time);
    used.create("free");
    time.advance(Duration.ofSeconds(7));
    used.operate(get("m", "k"));
    long accessed = time.epochMillis();
    time.advance(Duration.ofSeconds(7));

    TenantReply.Described described = (TenantReply.Described) used.ask(TenantCommand.Describe::new);
    assertThat(described.tenant().lastAccessAt()).isEqualTo(accessed);
  }

  @Test
  void usageIsCountedOnceThoughTheLedgerLeavesMemoryInQuietMinutes() {
    tenant.create("free");
    for (int minute = 1; minute <= 7; minute++) {
      tenant.operate(set("m", "k", "1"));
      tenant.tenant.tell(new TenantSignal.MinuteOver());
      int written = minute;
      tenant.shard.awaitAssert(() -> {
        assertThat(writes(tenant.world.usageTable().all(tenant.tenantId, 1))).isEqualTo(written);
        return null;
      });
      tenant.tenant.tell(new TenantSignal.MinuteOver());
    }

    assertThat(writes(tenant.usage())).isEqualTo(7);
  }

  @Test
  void theNodeSeesHowManyEntriesATenantHasByTheMinute() {
    tenant.create("free");
    tenant.operate(set("m", "a", "1"), set("m", "b", "1"), set("n", "a", "1"));

    tenant.tenant.tell(new TenantSignal.MinuteOver());

    tenant.shard.awaitAssert(() -> {
      Map<String, Long> entries = new HashMap<>();
      tenant.world.environment().hotTenants().entries(entries::put);
      assertThat(entries).containsEntry(tenant.tenantId, 3L);
      return null;
    });
  }

  @Test
  void whatTheNodeLooksAtOfATenantThatIsNotThereIsRefused() {
    assertThat(refusal(tenant.ask(TenantCommand.SampleStats::new)))
        .isEqualTo(ErrorCode.UNAVAILABLE);
  }

  private static long writes(List<UsageBucket> usage) {
    return usage.stream().mapToLong(UsageBucket::writeOps).sum();
  }

  private static Function<ActorRef<TenantReply>, TenantCommand> useCommands(long count) {
    return replyTo -> new TenantCommand.UseAction("commands", count, null, replyTo);
  }
}
