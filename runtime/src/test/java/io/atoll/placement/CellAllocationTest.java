package io.atoll.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.time.TimeSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import scala.collection.immutable.IndexedSeq;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;

/** What the coordinator is told while it still knows a node that is no member any more. */
class CellAllocationTest {
  private static final String GONE = "127.0.0.1:1";

  private final ActorTestKit kit = OneNode.start();
  private final TestProbe<PlacementCommand> holds = kit.createTestProbe(PlacementCommand.class);
  private Agents agents;
  private CellAllocation allocation;
  private ActorRef here;
  private ActorRef gone;

  @BeforeEach
  void start() {
    agents = OneNode.join(kit);
    kit.system().systemActorOf(agent(), Agents.NAME, Props.empty());
    here = region(agents.self());
    gone = region(GONE);
    allocation =
        new CellAllocation(
            agents, new LeavingNodes(System::nanoTime), new CellMap(), TimeSource.system());
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void noCellMovesNotEvenOneThatIsAstray() {
    String astray = PinnedCell.of("acme", agents.self()).cell();
    var regions = Map.of(here, cells(), gone, cells(astray));

    Set<String> moved =
        FutureConverters.asJava(allocation.rebalance(regions, Set.of()))
            .toCompletableFuture()
            .orTimeout(20, TimeUnit.SECONDS)
            .join();

    assertThat(moved).isEmpty();
    holds.expectNoMessage();
  }

  @Test
  void aCellWithoutANodeGoesToAMemberAlthoughTheOtherHasFewer() {
    var regions = Map.of(here, cells("1", "2", "3"), gone, cells());

    ActorRef home =
        FutureConverters.asJava(allocation.allocateShard(here, "4", regions))
            .toCompletableFuture()
            .orTimeout(20, TimeUnit.SECONDS)
            .join();

    assertThat(home).isEqualTo(here);
  }

  private ActorRef region(String node) {
    var classic = (ExtendedActorSystem) Adapter.toClassic(kit.system());
    return classic.provider().resolveActorRef("pekko://atoll@" + node + "/system/region");
  }

  private static IndexedSeq<String> cells(String... names) {
    return CollectionConverters.asScala(List.of(names)).toIndexedSeq();
  }

  private Behavior<PlacementCommand> agent() {
    return Behaviors.receiveMessage(command -> {
      if (command instanceof PlacementCommand.Settle settle) {
        settle.replyTo().tell(new PlacementReply.Settled(agents.self(), 0));
      } else if (command instanceof PlacementCommand.Hold hold) {
        holds.ref().tell(hold);
        hold.replyTo().tell(new PlacementReply.Held(agents.self()));
      }
      return Behaviors.same();
    });
  }
}
