package io.atoll.tenant;

import static io.atoll.tenant.TenantHarness.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.map.OperateReply;
import io.atoll.map.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class TenantOrderTest {
  private static final int STARTS = 30;
  private static final int WRITES = 200;

  /** Spreads the writes over the time of a start, so that some come as it ends. */
  private static final long SPREAD_NANOS = 10_000;

  private static final ActorTestKit testKit = ActorTestKit.create(TenantWorld.config());

  private final TenantHarness tenant = new TenantHarness(testKit);

  @AfterAll
  static void stop() {
    testKit.shutdownTestKit();
  }

  @Test
  void noCommandOvertakesThoseThatWaitForTheStart() {
    tenant.create("enterprise");
    tenant.operate(set("m", "k", "0"));
    for (int start = 0; start < STARTS; start++) {
      List<TestProbe<OperateReply>> probes = probes();
      tenant.kill();
      for (TestProbe<OperateReply> probe : probes) {
        tenant.send(Caller.ADMIN, probe, set("m", "k", "1"));
        LockSupport.parkNanos(SPREAD_NANOS);
      }
      assertThat(probes.stream().map(this::version).toList()).isSorted();
    }
  }

  private static List<TestProbe<OperateReply>> probes() {
    List<TestProbe<OperateReply>> probes = new ArrayList<>();
    for (int i = 0; i < WRITES; i++) {
      probes.add(testKit.createTestProbe());
    }
    return probes;
  }

  private long version(TestProbe<OperateReply> probe) {
    return ((Outcome.Written) tenant.outcomes(probe, 1).getFirst()).version();
  }
}
