package io.atoll.tenant;

import static io.atoll.tenant.TenantHarness.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.atoll.time.TimeSource;
import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Tenants that share memory for one of them. */
class TenantRoomTest {
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final Duration MOMENT = Duration.ofMillis(300);
  private static final ActorTestKit testKit = ActorTestKit.create(TenantWorld.config());

  private final TenantWorld world =
      new TenantWorld(
          testKit.system().settings().config(), TimeSource.system(), HotWeight.TENANT + 1);
  private final TenantHarness first = new TenantHarness(testKit, world);
  private final TenantHarness second = new TenantHarness(testKit, world);

  @AfterAll
  static void stop() {
    testKit.shutdownTestKit();
  }

  @Test
  void theTenantThatWasUsedLeastRecentlyLeavesForTheNext() throws InterruptedException {
    first.create("free");
    first.operate(set("m", "k", "1"));
    rest();
    second.create("free");

    first.shard.expectMessageClass(ClusterSharding.Passivate.class, BOUND);
    first.tenant.tell(new TenantCommand.Stop());
    first.shard.expectTerminated(first.tenant, BOUND);
    assertThat(world.hotTenants().room().bytes()).isEqualTo(HotWeight.TENANT);
    second.shard.expectNoMessage(MOMENT);
  }

  @Test
  void aTenantWithAnOpenSessionStaysUntilItIsClosed() throws InterruptedException {
    first.create("free");
    TestProbe<SessionNotice> session = first.session();
    first.open("s1", Caller.ADMIN, false, session);
    rest();
    second.create("free");
    first.shard.expectNoMessage(MOMENT);

    first.tenant.tell(new TenantCommand.CloseSession("s1"));
    rest();
    new TenantHarness(testKit, world).create("free");
    first.shard.expectMessageClass(ClusterSharding.Passivate.class, BOUND);
  }

  @Test
  void aTenantThatWasAskedSomethingJustNowStays() {
    long begun = System.nanoTime();
    first.create("free");
    second.create("free");
    assumeThat(Duration.ofNanos(System.nanoTime() - begun))
        .as("the machine did not stand still")
        .isLessThan(Duration.ofMillis(900));

    first.shard.expectNoMessage(MOMENT);
  }

  /** Longer than whoever was asked something may still be answering. */
  private static void rest() throws InterruptedException {
    Thread.sleep(1_100);
  }
}
