package io.atoll.tenant;

import static io.atoll.tenant.TenantHarness.refusal;
import static io.atoll.tenant.TenantHarness.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.map.Key;
import io.atoll.map.OperateReply;
import io.atoll.map.Operation;
import io.atoll.map.Outcome;
import io.atoll.quota.Quota;
import io.atoll.refusal.ErrorCode;
import io.atoll.time.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class TenantCapsTest {
  private static final ActorTestKit testKit = ActorTestKit.create(TenantWorld.config());

  private final ManualTime time = new ManualTime();
  private final TenantHarness tenant = new TenantHarness(testKit, time);

  @AfterAll
  static void stop() {
    testKit.shutdownTestKit();
  }

  @Test
  void parallelWritersNeverPassTheStorageLimit() {
    tenant.create("enterprise", Map.of(Quota.STORAGE_BYTES, 64L * 10 - 1));
    List<Outcome> outcomes = parallel(64, i -> set("m" + i % 4, "key-" + (10 + i), "1234"));

    assertThat(count(outcomes, Outcome.Written.class)).isEqualTo(63);
    assertThat(usage("storageBytes")).isEqualTo(630);
    assertThat(refusals(outcomes)).containsOnly(ErrorCode.QUOTA_EXCEEDED);
  }

  @Test
  void entriesAreCappedExactlyOverAllMaps() {
    tenant.create("enterprise", Map.of(Quota.ENTRIES, 20L));
    List<Outcome> outcomes = parallel(64, i -> set("m" + i % 4, "k" + i, "1"));

    assertThat(count(outcomes, Outcome.Written.class)).isEqualTo(20);
    assertThat(usage("entries")).isEqualTo(20);
  }

  @Test
  void mapsAreCappedExactlyAndADropMakesRoom() {
    tenant.create("enterprise", Map.of(Quota.MAPS, 5L));
    List<Outcome> outcomes = parallel(20, i -> set("m" + i, "k", "1"));

    assertThat(count(outcomes, Outcome.Written.class)).isEqualTo(5);
    String written = "m" + indexOfWritten(outcomes);
    assertThat(tenant.operate(new Operation.DropMap(written, null)))
        .containsExactly(new Outcome.Removed());
    assertThat(tenant.operate(set("another", "k", "1")))
        .hasOnlyElementsOfType(Outcome.Written.class);
    assertThat(refusal(tenant.operate(set("one more", "k", "1")).getFirst()))
        .isEqualTo(ErrorCode.QUOTA_EXCEEDED);
  }

  @Test
  void entriesThatExpiredInMapsThatAreNotInMemoryMakeRoomAfterARefusal() {
    tenant.create("enterprise", Map.of(Quota.ENTRIES, 2L));
    tenant.operate(expiring("m1", 1_000), expiring("m2", 2_000));
    tenant.kill();
    time.advance(Duration.ofSeconds(5));
    tenant.operate(set("another", "k", "1"));

    testKit
        .createTestProbe()
        .awaitAssert(
            Duration.ofSeconds(60),
            () -> {
              assertThat(tenant.operate(set("another", "k", "1")))
                  .hasOnlyElementsOfType(Outcome.Written.class);
              return null;
            });
    assertThat(usage("entries")).isLessThanOrEqualTo(2);
  }

  private static Operation.Set expiring(String map, long ttlMs) {
    return new Operation.Set(map, Key.of("k"), new byte[] {'1'}, Operation.ANY, ttlMs, null);
  }

  @Test
  void capsAreExactAfterAKill() {
    tenant.create("enterprise", Map.of(Quota.ENTRIES, 10L));
    parallel(9, i -> set("m" + i % 3, "k" + i, "1"));
    tenant.kill();
    List<Outcome> outcomes = parallel(5, i -> set("n" + i, "k", "1"));

    assertThat(count(outcomes, Outcome.Written.class)).isEqualTo(1);
    assertThat(usage("entries")).isEqualTo(10);
  }

  @Test
  void aWriteThatDoesNotGrowAlwaysPasses() {
    tenant.create("enterprise", Map.of(Quota.STORAGE_BYTES, 100L));
    tenant.operate(set("m", "k", "12345"));
    tenant.patch(Quota.STORAGE_BYTES, 0);

    assertThat(tenant.operate(set("m", "k", "1234"))).hasOnlyElementsOfType(Outcome.Written.class);
    assertThat(refusal(tenant.operate(set("m", "k", "12345")).getFirst()))
        .isEqualTo(ErrorCode.QUOTA_EXCEEDED);
  }

  @Test
  void ofAHundredWritesExactlyThoseWithinTheBytesOfASecondPass() {
    tenant.create("enterprise", Map.of(Quota.BYTES_PER_SECOND, 1_000L));
    Operation[] writes = new Operation[100];
    for (int i = 0; i < writes.length; i++) {
      writes[i] = set("m", "key%03d".formatted(i), "\"" + "x".repeat(92) + "\"");
    }

    assertThat(count(tenant.operate(writes), Outcome.Written.class)).isEqualTo(10);
  }

  @Test
  void ofAHundredConcurrentUsesOfAnActionLimitedToTenExactlyTenPass() {
    tenant.create("free");
    TestProbe<TenantReply> client = testKit.createTestProbe();
    for (int i = 0; i < 100; i++) {
      tenant.tenant.tell(new TenantCommand.UseAction("commands", 1, null, client.ref()));
    }
    int passed = 0;
    for (int i = 0; i < 100; i++) {
      passed += client.receiveMessage() instanceof TenantReply.ActionRead ? 1 : 0;
    }

    assertThat(passed).isEqualTo(10);
  }

  @Test
  void usesOfALongWindowOutliveAKill() {
    tenant.create("free");
    TenantReply first =
        tenant.ask(replyTo -> new TenantCommand.UseAction("sync", 1, null, replyTo));
    tenant.kill();

    assertThat(first).isInstanceOf(TenantReply.ActionRead.class);
    assertThat(
            refusal(tenant.ask(replyTo -> new TenantCommand.UseAction("sync", 1, null, replyTo))))
        .isEqualTo(ErrorCode.RATE_LIMITED);
  }

  @Test
  void anotherPlanLiftsAnExhaustedTenantAtItsNextRequest() {
    tenant.create("free");
    for (int i = 0; i < 11; i++) {
      tenant.ask(replyTo -> new TenantCommand.UseAction("commands", 1, null, replyTo));
    }
    TenantReply patched = tenant.patch(Tenants.patchPlan("pro"));
    TenantReply use =
        tenant.ask(replyTo -> new TenantCommand.UseAction("commands", 1, null, replyTo));

    assertThat(((TenantReply.Described) patched).tenant().features())
        .containsEntry("advancedAnalytics", true);
    assertThat(((TenantReply.ActionRead) use).status().remaining()).isEqualTo(89);
  }

  /** Sends the operations as requests of their own, all before any answer. */
  private List<Outcome> parallel(int count, IntFunction<Operation> operation) {
    List<TestProbe<OperateReply>> clients = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      TestProbe<OperateReply> client = testKit.createTestProbe();
      clients.add(client);
      tenant.send(Caller.ADMIN, client, operation.apply(i));
    }
    List<Outcome> outcomes = new ArrayList<>();
    clients.forEach(client -> outcomes.addAll(tenant.outcomes(client, 1)));
    return outcomes;
  }

  private long usage(String quota) {
    TenantReply.StatsRead stats = (TenantReply.StatsRead) tenant.ask(TenantCommand.ReadStats::new);
    return Math.round(stats.usage().get(quota));
  }

  private static int indexOfWritten(List<Outcome> outcomes) {
    int index = 0;
    while (!(outcomes.get(index) instanceof Outcome.Written)) {
      index++;
    }
    return index;
  }

  private static long count(List<Outcome> outcomes, Class<? extends Outcome> kind) {
    return outcomes.stream().filter(kind::isInstance).count();
  }

  private static List<ErrorCode> refusals(List<Outcome> outcomes) {
    return outcomes.stream()
        .filter(Outcome.Refused.class::isInstance)
        .map(TenantHarness::refusal)
        .toList();
  }
}
