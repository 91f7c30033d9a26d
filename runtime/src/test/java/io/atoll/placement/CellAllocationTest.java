package io.atoll.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.placement.PlacementCommand.Hold;
import io.atoll.placement.PlacementCommand.Leaving;
import io.atoll.placement.PlacementCommand.Release;
import io.atoll.placement.PlacementCommand.Settle;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import scala.collection.immutable.IndexedSeq;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;

/** What the coordinator of the shards decides on a node of two, of which the other one may go. */
class CellAllocationTest {
  private static final String GONE = "127.0.0.1:1";
  private static final List<String> ALL_CELLS =
      IntStream.range(0, 60).mapToObj(Integer::toString).toList();

  private static final ActorTestKit KIT = OneNode.start();
  private static final ActorTestKit OTHER_KIT = OneNode.start();
  private static final Queue<PlacementCommand> TOLD = new ConcurrentLinkedQueue<>();
  private static final Duration SHORTLY = Duration.ofMillis(50);
  private static volatile boolean silent;
  private static volatile Runnable settling = () -> {};
  private static Agents agents;
  private static ActorRef here;
  private static ActorRef other;
  private static ActorRef gone;

  private final FixedTime time = new FixedTime(0);
  private final LeavingNodes leaving = new LeavingNodes(() -> 0);
  private final CellMap placed = new CellMap();
  private final CellAllocation allocation = new CellAllocation(agents, leaving, placed, time);

  @BeforeAll
  static void startNodes() {
    agents = OneNode.join(KIT);
    KIT.system().systemActorOf(agent(), Agents.NAME, Props.empty());
    OTHER_KIT.system().systemActorOf(agent(), Agents.NAME, Props.empty());
    String otherNode = OneNode.join(OTHER_KIT, KIT).self();
    here = region(agents.self(), "region");
    other = region(otherNode, "region");
    gone = region(GONE, "region");
  }

  @AfterAll
  static void stopNodes() {
    OTHER_KIT.shutdownTestKit();
    KIT.shutdownTestKit();
  }

  /** What the test before has told them arrives before this. */
  @BeforeEach
  void forget() {
    silent = false;
    settling = () -> {};
    agents.tellAll(new Leaving("nobody"));
    awaitTold(Leaving.class);
    TOLD.clear();
  }

  @Test
  void whileANodeIsNoMemberNoCellMovesNotEvenOneThatIsAstray() {
    String astray = PinnedCell.of("acme", agents.self()).cell();

    assertThat(rebalance(Map.of(here, cells(), other, cells(), gone, cells(astray)))).isEmpty();

    assertThat(holds()).isEmpty();
  }

  @Test
  void whileANodeIsKnownTwiceBecauseItHasComeBackNoCellMoves() {
    leaving.says(agents.self());
    ActorRef before = region(agents.name(other.path().address()), "before");

    assertThat(rebalance(Map.of(here, cells("1"), other, cells(), before, cells()))).isEmpty();
    assertThat(holds()).isEmpty();
    assertThat(rebalance(Map.of(here, cells("1"), other, cells()))).containsExactly("1");
    assertThat(holds()).contains(List.of("1"));
  }

  @Test
  void aCellWithoutANodeGoesToAMemberAlthoughTheOtherHasFewer() {
    var regions = Map.of(here, cells("1", "2", "3"), other, cells("5", "6"), gone, cells());

    assertThat(allocate("4", regions)).isEqualTo(other);
  }

  @Test
  void aCellWhoseNewHomeIsGoneMeanwhileStaysWithOneThatIsThere() {
    leaving.says(agents.self());
    assertThat(rebalance(Map.of(here, cells("1"), other, cells()))).containsExactly("1");

    assertThat(allocate("1", Map.of(here, cells(), gone, cells()))).isEqualTo(here);
    assertThat(released()).containsOnly(List.of("1"));
  }

  @Test
  void aCellThatMovesGoesWhereItWasToGoAlthoughAnotherHasFewerByThen() {
    leaving.says(agents.self());
    assertThat(rebalance(Map.of(here, cells("1"), other, cells()))).containsExactly("1");
    leaving.gone(agents.self());

    assertThat(allocate("1", Map.of(here, cells(), other, cells("2", "3")))).isEqualTo(other);
  }

  @Test
  void moreCellsMoveAtATimeAsLongAsTheyAreNotHeldForLong() {
    leaving.says(agents.self());

    assertThat(move(20, SHORTLY)).isEqualTo(1);
    assertThat(move(21, SHORTLY)).isEqualTo(2);
    assertThat(move(23, SHORTLY)).isEqualTo(3);
    assertThat(move(26, Duration.ofMillis(1100))).isEqualTo(3);
    assertThat(move(29, SHORTLY)).isEqualTo(1);
    assertThat(move(30, SHORTLY)).isEqualTo(2);
  }

  @Test
  void oneCellMovesAtATimeAfterTenantsThatTookLongToStart() {
    leaving.says(agents.self());
    move(20, SHORTLY);
    move(21, SHORTLY);
    settling = () -> time.pass(Duration.ofMillis(600));

    assertThat(move(23, SHORTLY)).isEqualTo(1);
  }

  @Test
  void theTimeInWhichANodeWasNotThereDoesNotCount() {
    leaving.says(agents.self());
    move(20, SHORTLY);
    move(21, SHORTLY);
    time.pass(Duration.ofMinutes(1));
    rebalance(Map.of(here, cells(), other, cells(), gone, cells()));

    assertThat(move(23, SHORTLY)).isEqualTo(2);
  }

  @Test
  void howLongItTookIsKnownAlsoWhenNothingIsToMoveNext() {
    leaving.says(agents.self());
    move(20, SHORTLY);
    leaving.gone(agents.self());
    assertThat(rebalance(spread(30))).isEmpty();
    time.pass(Duration.ofMinutes(1));
    leaving.says(agents.self());

    assertThat(move(30, SHORTLY)).isEqualTo(2);
  }

  @Test
  void cellsGoOneByOneToANodeThatHasJustStarted() {
    leaving.says(agents.self());
    move(20, SHORTLY);
    move(21, SHORTLY);

    assertThat(move(3, SHORTLY)).isEqualTo(1);
    assertThat(move(20, SHORTLY)).isEqualTo(3);
  }

  @Test
  void aCellThatIsAskedForMuchMovesAlone() {
    String busy = ALL_CELLS.getLast();
    placed.set(Map.of(), Map.of(busy, 10_000));
    leaving.says(agents.self());
    move(20, SHORTLY);
    move(21, SHORTLY);

    assertThat(rebalance(spread(57))).hasSize(2).doesNotContain(busy);
  }

  @Test
  void whenANodeDoesNotAnswerAllLetGoAndTheNextTryIsLater() {
    leaving.says(agents.self());
    silent = true;

    assertThat(rebalance(spread(20))).isEmpty();
    assertThat(released()).hasSize(2);
    silent = false;
    assertThat(rebalance(spread(20))).isEmpty();
    time.pass(Duration.ofSeconds(6));
    assertThat(rebalance(spread(20))).hasSize(1);
  }

  /** The cells of each hold that the two nodes were asked for. */
  private static List<List<String>> holds() {
    return told(Hold.class).map(Hold::cells).toList();
  }

  /** The cells that each of the two nodes was told to let go on; waits until both were. */
  private static List<List<String>> released() {
    return awaitTold(Release.class).stream().map(Release::cells).toList();
  }

  private static <T> List<T> awaitTold(Class<T> kind) {
    return KIT.createTestProbe()
        .awaitAssert(() -> {
          List<T> told = told(kind).toList();
          assertThat(told).hasSize(2);
          return told;
        });
  }

  private static <T> Stream<T> told(Class<T> kind) {
    return TOLD.stream().filter(kind::isInstance).map(kind::cast);
  }

  private static Behavior<PlacementCommand> agent() {
    return Behaviors.receive((context, command) -> {
      TOLD.add(command);
      String node = new Agents(context.getSystem()).self();
      if (command instanceof Settle settle) {
        settling.run();
        settle.replyTo().tell(new PlacementReply.Settled(node, 0));
      } else if (command instanceof Hold hold && !silent) {
        hold.replyTo().tell(new PlacementReply.Held(node));
      }
      return Behaviors.same();
    });
  }

  private static ActorRef region(String node, String name) {
    var classic = (ExtendedActorSystem) Adapter.toClassic(KIT.system());
    return classic.provider().resolveActorRef("pekko://atoll@" + node + "/system/" + name);
  }

  private static IndexedSeq<String> cells(String... names) {
    return cells(List.of(names));
  }

  private static IndexedSeq<String> cells(List<String> names) {
    return CollectionConverters.asScala(names).toIndexedSeq();
  }

  /** So many of all cells are with the other node. */
  private static Map<ActorRef, IndexedSeq<String>> spread(int there) {
    return Map.of(
        here,
        cells(ALL_CELLS.subList(there, ALL_CELLS.size())),
        other,
        cells(ALL_CELLS.subList(0, there)));
  }

  /** Cells move to the other node, which has so many, each held for so long; returns how many. */
  private int move(int there, Duration held) {
    Set<String> moved = rebalance(spread(there));
    time.pass(held);
    moved.forEach(cell -> assertThat(allocate(cell, spread(there))).isEqualTo(other));
    return moved.size();
  }

  private Set<String> rebalance(Map<ActorRef, IndexedSeq<String>> regions) {
    return await(allocation.rebalance(regions, Set.of()));
  }

  private ActorRef allocate(String cell, Map<ActorRef, IndexedSeq<String>> regions) {
    return await(allocation.allocateShard(here, cell, regions));
  }

  private static <T> T await(Future<T> future) {
    return FutureConverters.asJava(future)
        .toCompletableFuture()
        .orTimeout(20, TimeUnit.SECONDS)
        .join();
  }
}
