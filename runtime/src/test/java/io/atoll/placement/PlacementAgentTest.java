package io.atoll.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.tenant.HoldingPost;
import io.atoll.tenant.HotRoom;
import io.atoll.tenant.HotTenants;
import io.atoll.tenant.Placements;
import io.atoll.tenant.TenantCommand;
import io.atoll.tenant.TenantReply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Props;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlacementAgentTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ActorTestKit kit = OneNode.start();
  private final BlockingQueue<TenantCommand.Public> sent = new LinkedBlockingQueue<>();
  private final Placements placements = new Placements();
  private final HoldingPost post =
      new HoldingPost((tenant, command) -> sent.add(command), placements);
  private final MemoryPlacementStore store = new MemoryPlacementStore();
  private final CellMap cells = new CellMap();
  private final HotTenants hot = new HotTenants(new HotRoom(1 << 20, System::nanoTime));
  private final Itself itself = new Itself();
  private final TestProbe<PlacementReply> answers = kit.createTestProbe(PlacementReply.class);
  private final AtomicLong now = new AtomicLong();
  private final Tenure tenure = new Tenure(Duration.ofSeconds(4), now::get);
  private final LeavingNodes leaving = new LeavingNodes(System::nanoTime);
  private Agents agents;
  private ActorRef<PlacementCommand> agent;

  @BeforeEach
  void start() {
    agents = OneNode.join(kit);
    LocalCells none = new LocalCells(kit.system().deadLetters());
    RecentRatio nothing = new RecentRatio(() -> 0, () -> 0);
    NodeGauges gauges = new NodeGauges("1", () -> 0, nothing, nothing, () -> 0);
    CellUse unused = new CellUse(receiver -> {}, receiver -> {}, placements, System::nanoTime);
    NodeFigures figures = new NodeFigures(agents.self(), List.of(), none, unused, gauges, itself);
    agent =
        kit.system()
            .systemActorOf(
                PlacementAgent.create(
                    new PlacementAgent.NodeParts(
                        agents,
                        post,
                        placements,
                        store,
                        cells,
                        leaving,
                        hot,
                        tenure,
                        figures,
                        itself)),
                Agents.NAME,
                Props.empty());
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void aHoldIsAnsweredOnceWhatWasSentBeforeIsHeard() throws InterruptedException {
    post.send("acme", new TenantCommand.CloseSession("s"));
    agent.tell(new PlacementCommand.Hold(List.of(), List.of("acme"), "m1", answers.ref()));

    assertThat(next()).isInstanceOf(TenantCommand.CloseSession.class);
    TenantCommand.Arrive fence = (TenantCommand.Arrive) next();
    answers.expectNoMessage(Duration.ofMillis(100));
    fence.replyTo().tell(new TenantReply.Accepted());

    answers.expectMessage(PATIENCE, new PlacementReply.Held(agents.self()));
  }

  @Test
  void whatWasHeldGoesOnWhenItIsReleased() throws InterruptedException {
    agent.tell(new PlacementCommand.Hold(List.of(), List.of("acme"), "m1", answers.ref()));
    answers.expectMessage(PATIENCE, new PlacementReply.Held(agents.self()));
    post.send("acme", new TenantCommand.CloseSession("s"));
    assertThat(sent).isEmpty();

    agent.tell(new PlacementCommand.Release(List.of(), List.of("acme"), "m1"));

    assertThat(next()).isEqualTo(new TenantCommand.CloseSession("s"));
  }

  @Test
  void aRehearsalOfMovesLeavesNothingHeld() throws InterruptedException {
    placements.give("acme", "~");
    assertThat(MoveRehearsal.run(kit.system(), agent, PATIENCE)).isEqualTo(20);

    post.send("acme", new TenantCommand.CloseSession("s"));
    assertThat(next()).isEqualTo(new TenantCommand.CloseSession("s"));
    agent.tell(new PlacementCommand.Hold(List.of(), List.of("~"), "m1", answers.ref()));
    answers.expectMessage(PATIENCE, new PlacementReply.Held(agents.self()));
  }

  @Test
  void tenantsThatMovedHaveSettledOnceTheyHaveStarted() throws InterruptedException {
    post.send("acme", new TenantCommand.CloseSession("s"));
    agent.tell(new PlacementCommand.Hold(List.of(), List.of("acme"), "m1", answers.ref()));
    assertThat(next()).isInstanceOf(TenantCommand.CloseSession.class);
    ((TenantCommand.Arrive) next()).replyTo().tell(new TenantReply.Accepted());
    answers.expectMessage(PATIENCE, new PlacementReply.Held(agents.self()));

    agent.tell(new PlacementCommand.Release(List.of(), List.of("acme"), "m1"));
    TenantCommand.ReadRate wake = (TenantCommand.ReadRate) next();
    agent.tell(new PlacementCommand.Settle(answers.ref()));
    answers.expectNoMessage(Duration.ofMillis(100));
    wake.replyTo().tell(new TenantReply.Accepted());

    answers.expectMessage(PATIENCE, new PlacementReply.Settled(agents.self(), 0));
  }

  @Test
  void aTenantThatDoesNotStartIsNotWaitedForLong() throws InterruptedException {
    post.send("acme", new TenantCommand.CloseSession("s"));
    agent.tell(new PlacementCommand.Hold(List.of(), List.of("acme"), "m1", answers.ref()));
    agent.tell(new PlacementCommand.Release(List.of(), List.of("acme"), "m1"));

    agent.tell(new PlacementCommand.Settle(answers.ref()));

    answers.expectMessage(PATIENCE, new PlacementReply.Settled(agents.self(), 0));
  }

  @Test
  void aHoldThatNobodyEndsEndsByItselfWithTheCellThatIsStored() throws InterruptedException {
    agent.tell(new PlacementCommand.Hold(List.of(), List.of("acme"), "m1", answers.ref()));
    answers.expectMessage(PATIENCE, new PlacementReply.Held(agents.self()));
    post.send("acme", new TenantCommand.CloseSession("s"));
    store.cells.put("acme", "7@there:1");

    assertThat(next()).isEqualTo(new TenantCommand.CloseSession("s"));
    assertThat(placements.given("acme")).isEqualTo("7@there:1");
  }

  @Test
  void aHoldLastsUntilItIsKnownWhichCellIsStored() throws InterruptedException {
    store.unreadable = true;
    agent.tell(new PlacementCommand.Hold(List.of(), List.of("acme"), "m1", answers.ref()));
    answers.expectMessage(PATIENCE, new PlacementReply.Held(agents.self()));
    post.send("acme", new TenantCommand.CloseSession("s"));
    TestProbe<TenantReply> caller = kit.createTestProbe(TenantReply.class);
    post.send("acme", new TenantCommand.Describe(caller.ref()));
    assertThat(caller.receiveMessage(PATIENCE)).isInstanceOf(TenantReply.Refused.class);
    answers.awaitAssert(
        PATIENCE,
        () -> {
          assertThat(store.questions).hasValueGreaterThan(1);
          return Done.getInstance();
        });
    assertThat(sent).isEmpty();

    store.cells.put("acme", "7@there:1");
    store.unreadable = false;

    assertThat(next()).isEqualTo(new TenantCommand.CloseSession("s"));
    assertThat(placements.given("acme")).isEqualTo("7@there:1");
  }

  @Test
  void whatIsStoredCountsOnceNobodyMoves() {
    agent.tell(new PlacementCommand.Hold(List.of(), List.of("acme"), "m1", answers.ref()));
    answers.expectMessage(PATIENCE, new PlacementReply.Held(agents.self()));
    store.cells.put("globex", "7@there:1");
    agent.tell(new PlacementCommand.LookUp(true));
    agent.tell(new PlacementCommand.Release(List.of(), List.of("nobody"), "m0"));
    agent.tell(new PlacementCommand.Settle(answers.ref()));
    answers.expectMessage(PATIENCE, new PlacementReply.Settled(agents.self(), 0));
    assertThat(placements.given("globex")).isNull();

    agent.tell(new PlacementCommand.Release(List.of(), List.of("acme"), "m1"));
    answers.awaitAssert(
        PATIENCE,
        () -> {
          agent.tell(new PlacementCommand.LookUp(false));
          assertThat(placements.given("globex")).isEqualTo("7@there:1");
          return Done.getInstance();
        });
  }

  @Test
  void aTenantIsMovedByOneMigrationAtATime() {
    agent.tell(new PlacementCommand.Hold(List.of(), List.of("acme"), "m1", answers.ref()));
    answers.expectMessage(PATIENCE, new PlacementReply.Held(agents.self()));

    agent.tell(new PlacementCommand.Hold(List.of(), List.of("acme"), "m2", answers.ref()));
    answers.expectMessage(PATIENCE, new PlacementReply.Busy(agents.self(), "m1"));
    agent.tell(new PlacementCommand.Release(List.of(), List.of("acme"), "m2"));
    agent.tell(new PlacementCommand.Give("acme", "8@there:1", "m2", answers.ref()));
    answers.expectMessage(PATIENCE, new PlacementReply.Known(agents.self()));
    post.send("acme", new TenantCommand.CloseSession("s"));

    assertThat(sent).isEmpty();
    assertThat(placements.given("acme")).isNull();
  }

  @Test
  void aHoldDuringWhichAnotherCellWasStoredEndsWithThatCell() throws InterruptedException {
    agent.tell(new PlacementCommand.Hold(List.of(), List.of("acme"), "m1", answers.ref()));
    answers.expectMessage(PATIENCE, new PlacementReply.Held(agents.self()));
    post.send("acme", new TenantCommand.CloseSession("s"));
    store.cells.put("acme", "8@there:1");
    agent.tell(new PlacementCommand.Give("acme", "8@there:1", "m0", answers.ref()));

    agent.tell(new PlacementCommand.Release(List.of(), List.of("acme"), "m1"));

    assertThat(next()).isEqualTo(new TenantCommand.CloseSession("s"));
    assertThat(placements.given("acme")).isEqualTo("8@there:1");
  }

  @Test
  void aTenantThatIsGivenACellHasItWhenThatIsAnswered() {
    agent.tell(new PlacementCommand.Give("acme", "7@there:1", "m1", answers.ref()));

    answers.expectMessage(PATIENCE, new PlacementReply.Known(agents.self()));
    assertThat(placements.cellOf("acme")).isEqualTo("7@there:1");
  }

  @Test
  void aNodeHasLeftWhenTheCoordinatorSaysThatItHasNoCell() throws Exception {
    agent.tell(new PlacementCommand.Placed(Map.of(agents.self(), List.of("1", "2")), null, null));
    CompletableFuture<Done> gone = new CompletableFuture<>();
    answers.awaitAssert(
        PATIENCE,
        () -> {
          assertThat(cells.nodeOf("1")).isEqualTo(agents.self());
          return Done.getInstance();
        });
    agent.tell(new PlacementCommand.Leave(gone));

    gone.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** It closes its port yet, and no cell may come back meanwhile. */
  @Test
  void aNodeThatHasNoCellGoesOnSayingThatItLeaves() throws Exception {
    CompletableFuture<Done> gone = new CompletableFuture<>();
    agent.tell(new PlacementCommand.Leave(gone));
    gone.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    for (int time = 0; time < 3; time++) {
      awaitThatItLeaves();
      leaving.gone(agents.self());
    }
  }

  private void awaitThatItLeaves() {
    answers.awaitAssert(
        PATIENCE,
        () -> {
          assertThat(leaving.now()).containsExactly(agents.self());
          return Done.getInstance();
        });
  }

  @Test
  void aMemberIsConfirmedAndNobodyElse() {
    TestProbe<PlacementReply.Confirmed> asks = kit.createTestProbe(PlacementReply.Confirmed.class);
    agent.tell(new PlacementCommand.Confirm("stranger:1", 6, asks.ref()));
    agent.tell(new PlacementCommand.Confirm(agents.self(), 7, asks.ref()));

    asks.expectMessage(PATIENCE, new PlacementReply.Confirmed(agents.self(), 7));
    asks.expectNoMessage(Duration.ofMillis(100));
  }

  /** The node is the larger part of its cluster: what it says to itself has to come in time. */
  @Test
  void aNodeRenewsItsTenureAgainAndAgain() {
    tenure.begin();
    now.addAndGet(Duration.ofSeconds(4).toNanos());

    answers.awaitAssert(
        PATIENCE,
        () -> {
          assertThat(tenure.isHeld()).isTrue();
          return Done.getInstance();
        });
  }

  @Test
  void aNodeThatIsToldToDrainSaysThatItKnows() throws Exception {
    agent.tell(new PlacementCommand.Drain(answers.ref()));

    answers.expectMessage(PATIENCE, new PlacementReply.Known(agents.self()));
    itself.drained.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private TenantCommand.Public next() throws InterruptedException {
    TenantCommand.Public command = sent.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    assertThat(command).as("a command that is sent").isNotNull();
    return command;
  }

  private static final class Itself implements ThisNode {
    final CompletableFuture<Done> drained = new CompletableFuture<>();

    @Override
    public String url() {
      return "http://127.0.0.1:1";
    }

    @Override
    public boolean ready() {
      return true;
    }

    @Override
    public void drain() {
      drained.complete(Done.getInstance());
    }
  }
}
