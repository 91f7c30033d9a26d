package io.atoll.reload;

import static io.atoll.reload.PlanSamples.maps;
import static io.atoll.reload.PlanSamples.plan;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.atoll.http.Configuration.Memory;
import io.atoll.http.Configuration.Reload;
import io.atoll.http.Configuration.Reloaded;
import io.atoll.http.EdgeMemory;
import io.atoll.map.Operation;
import io.atoll.plan.PlanBook;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ReloadAgentTest {
  private static final Duration NEVER = Duration.ofDays(1);
  private static final Duration OFTEN = Duration.ofMillis(20);
  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final ActorTestKit kit = ActorTestKit.create();

  private final MemoryPlanStore store = new MemoryPlanStore();
  private final NodePlans here = new NodePlans(new PlanBook(), store, () -> {});
  private final NodePlans there = new NodePlans(new PlanBook(), store, () -> {});
  private final FakeSource source = new FakeSource();
  private final ConcurrentLinkedQueue<String> forgotten = new ConcurrentLinkedQueue<>();
  private final TestProbe<ReloadReply> probe = kit.createTestProbe(ReloadReply.class);

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void aNodeThatIsToldHasThePlanWhenItAnswers() {
    ActorRef<ReloadCommand> agent = agent(NEVER, NEVER);
    store(3);

    agent.tell(new ReloadCommand.PlansStored(1, probe.ref()));

    assertThat(answer()).isEqualTo(new Reloaded("there:1", Reloaded.DONE, null, List.of()));
    assertThat(maps(there.book(), "gold")).isEqualTo(3);
  }

  @Test
  void aNodeWhoseNoticeIsLostHasThePlanAllTheSame() {
    agent(OFTEN, NEVER);
    store(3);

    probe.awaitAssert(BOUND, () -> assertThat(maps(there.book(), "gold")).isEqualTo(3));
  }

  @Test
  void aStoreThatWasDownIsLookedAtAgain() {
    store.down(true);
    ActorRef<ReloadCommand> agent = agent(OFTEN, NEVER);
    agent.tell(new ReloadCommand.PlansStored(1, probe.ref()));
    assertThat(answer().status()).isEqualTo(Reloaded.FAILED);
    store.down(false);
    store(3);

    probe.awaitAssert(BOUND, () -> assertThat(maps(there.book(), "gold")).isEqualTo(3));
  }

  @Test
  void aFileThatChangesIsReadWithoutBeingToldTo() {
    agent(NEVER, OFTEN);
    source.set(new ConfigurationSource.Loaded.Right(gold(5), List.of()));

    probe.awaitAssert(BOUND, () -> assertThat(maps(there.book(), "gold")).isEqualTo(5));
  }

  @Test
  void aFileThatChangesNothingIsNotReadOnItsOwn() {
    ActorRef<ReloadCommand> agent = agent(NEVER, OFTEN);
    source.set(new ConfigurationSource.Loaded.Right(gold(5), List.of()));
    probe.awaitAssert(BOUND, () -> assertThat(source.loads()).isOne());
    int before = source.looks();
    probe.awaitAssert(BOUND, () -> assertThat(source.looks()).isGreaterThan(before + 5));
    agent.tell(new ReloadCommand.PlansStored(1, probe.ref()));
    answer();

    assertThat(source.loads()).isOne();
  }

  @Test
  void aBadFileChangesNothingAndIsTold() {
    ActorRef<ReloadCommand> agent = agent(NEVER, NEVER);
    source.set(new ConfigurationSource.Loaded.Right(gold(5), List.of("atoll.data-folder")));
    agent.tell(new ReloadCommand.ReadAgain(Reload.EVERYTHING, probe.ref()));
    assertThat(answer())
        .isEqualTo(new Reloaded("there:1", Reloaded.DONE, null, List.of("atoll.data-folder")));
    source.set(new ConfigurationSource.Loaded.Wrong("a.conf: unknown key"));
    store(3, "silver");

    agent.tell(new ReloadCommand.ReadAgain(Reload.EVERYTHING, probe.ref()));

    assertThat(answer())
        .isEqualTo(new Reloaded("there:1", Reloaded.FAILED, "a.conf: unknown key", List.of()));
    assertThat(maps(there.book(), "gold")).isEqualTo(5);
    assertThat(maps(there.book(), "silver")).as("what is stored is good").isEqualTo(3);
  }

  @Test
  void anEdgeForgetsWhatTheReloadNames() {
    ActorRef<ReloadCommand> agent = agent(NEVER, NEVER);
    for (Memory memory :
        List.of(new Memory.OfTenant("acme"), new Memory.OfNobody(), new Memory.OfAll())) {
      agent.tell(new ReloadCommand.ReadAgain(new Reload(false, memory), probe.ref()));
      assertThat(answer().status()).isEqualTo(Reloaded.DONE);
    }

    assertThat(forgotten).containsExactly("acme", "*");
    assertThat(source.loads()).as("the file was not named").isZero();
  }

  private void store(long maps) {
    store(maps, "gold");
  }

  private void store(long maps, String name) {
    here.keep(plan(name, maps), Operation.ANY).toCompletableFuture().join();
  }

  private Reloaded answer() {
    return probe.receiveMessage(BOUND).outcome();
  }

  private ActorRef<ReloadCommand> agent(Duration plans, Duration file) {
    return kit.spawn(
        ReloadAgent.create(
            new ReloadAgent.NodeParts(
                "there:1",
                there,
                new NodeFile(source, there),
                () -> memory(),
                new ReloadSettings(plans, file))));
  }

  private EdgeMemory memory() {
    return new EdgeMemory() {
      @Override
      public void forget(String tenantId) {
        forgotten.add(tenantId);
      }

      @Override
      public void forgetAll() {
        forgotten.add("*");
      }
    };
  }

  private static Config gold(long maps) {
    return ConfigFactory.parseString("atoll.plans.gold.quotas.maps = " + maps);
  }

  /** A file that holds what it is told to. */
  private static final class FakeSource implements ConfigurationSource {
    private Loaded content =
        new Loaded.Right(ConfigFactory.parseString("atoll.plans {}"), List.of());
    private boolean changed;
    private int loads;
    private int looks;

    synchronized void set(Loaded loaded) {
      content = loaded;
      changed = true;
    }

    synchronized int loads() {
      return loads;
    }

    synchronized int looks() {
      return looks;
    }

    @Override
    public synchronized boolean isChanged() {
      looks++;
      return changed;
    }

    @Override
    public synchronized Loaded load() {
      loads++;
      changed = false;
      return content;
    }
  }
}
