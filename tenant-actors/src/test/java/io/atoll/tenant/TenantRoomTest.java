package io.atoll.tenant;

import static io.atoll.tenant.TenantHarness.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.time.ManualTime;
import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Tenants that share memory for one of them. */
class TenantRoomTest {
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final ActorTestKit testKit = ActorTestKit.create(TenantWorld.config());

  private final ManualTime time = new ManualTime();
  private final TenantWorld world =
      new TenantWorld(testKit.system().settings().config(), time, HotWeight.TENANT + 1);
  private final TenantHarness first = new TenantHarness(testKit, world);
  private final TenantHarness second = new TenantHarness(testKit, world);

  @AfterAll
  static void stop() {
    testKit.shutdownTestKit();
  }

  @Test
  void theTenantThatWasUsedLeastRecentlyLeavesForTheNext() {
    first.create("free");
    first.operate(set("m", "k", "1"));
    rest();
    second.create("free");

    first.shard.expectMessageClass(ClusterSharding.Passivate.class, BOUND);
    first.tenant.tell(new TenantCommand.Stop());
    first.shard.expectTerminated(first.tenant, BOUND);
    assertThat(world.hotTenants().room().bytes()).isEqualTo(HotWeight.TENANT);
    assertNotAskedToLeave(second);
  }

  @Test
  void aTenantWithAnOpenSessionStaysUntilItIsClosed() {
    first.create("free");
    TestProbe<SessionNotice> session = first.session();
    first.open("s1", Caller.ADMIN, false, session);
    rest();
    second.create("free");
    assertNotAskedToLeave(first);

    first.tenant.tell(new TenantCommand.CloseSession("s1"));
    first.ask(TenantCommand.Describe::new);
    rest();
    new TenantHarness(testKit, world).create("free");
    first.shard.expectMessageClass(ClusterSharding.Passivate.class, BOUND);
  }

  @Test
  void aTenantThatWasAskedSomethingJustNowStays() {
    first.create("free");
    second.create("free");

    assertNotAskedToLeave(first);
  }

  /** Whatever the tenant was told before has had its effect when it answers. */
  private static void assertNotAskedToLeave(TenantHarness tenant) {
    tenant.ask(TenantCommand.Describe::new);
    var marker = new ClusterSharding.Passivate<>(tenant.testKit.<Void>createTestProbe().ref());
    tenant.shard.ref().tell(marker);
    assertThat(tenant.shard.receiveMessage()).isSameAs(marker);
  }

  /** Longer than whoever was asked something may still be answering. */
  private void rest() {
    time.advance(Duration.ofMillis(1_100));
  }
}
