package io.atoll.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.tenant.Migration;
import io.atoll.tenant.MoveTarget;
import io.atoll.tenant.TenantCommand;
import io.atoll.tenant.TenantReply;
import io.atoll.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TenantMoverTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String TARGET = "10.0.0.2:25520";

  private final ActorTestKit kit = OneNode.start();
  private final MemoryPlacementStore store = new MemoryPlacementStore();
  private final TestProbe<PlacementCommand> releases = kit.createTestProbe(PlacementCommand.class);
  private final List<Migration> told = new CopyOnWriteArrayList<>();
  private Agents agents;
  private CompletionStage<TenantMover.Begun> begun = new CompletableFuture<>();

  /** Whether the node says that it knows where the tenant is. */
  private volatile boolean deaf;

  /** Whether another migration moves the tenant. */
  private volatile boolean busy;

  /** What happens while the tenant stops. */
  private volatile Runnable departing = () -> {};

  private volatile TenantReply departure = new TenantReply.Accepted();

  @BeforeEach
  void start() {
    agents = OneNode.join(kit);
    kit.system().systemActorOf(agent(), Agents.NAME, Props.empty());
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void aTenantThatAllNodesKnowInItsNewCellHasMovedAndIsTold() {
    move();

    awaitStatus(Migration.Status.COMPLETED);
    assertTold();
    releases.expectMessageClass(PlacementCommand.Release.class, PATIENCE);
  }

  @Test
  void aTenantThatDoesNotStopStaysAndIsReleased() {
    departure = new TenantReply.KeysListed(List.of());

    move();

    awaitStatus(Migration.Status.FAILED);
    assertTold();
    assertThat(store.cells).isEmpty();
    releases.expectMessageClass(PlacementCommand.Release.class, PATIENCE);
  }

  @Test
  void aTenantThatAnotherMigrationMovesIsLeftToThatOne() {
    busy = true;

    move();

    awaitStatus(Migration.Status.FAILED);
    assertThat(store.migrations.get("m1").error()).contains("m0");
    assertThat(store.cells).isEmpty();
  }

  @Test
  void aTenantWhoseMoveIsAbortedStays() {
    departing = () -> store.abort(store.migrations.get("m1").aborted(7));

    move();

    releases.expectMessageClass(PlacementCommand.Release.class, PATIENCE);
    awaitStatus(Migration.Status.ABORTED);
    assertThat(begun.toCompletableFuture().join().end().toCompletableFuture().join().status())
        .isEqualTo(Migration.Status.ABORTED);
    assertThat(told).as("who aborts a migration tells of it").isEmpty();
    assertThat(store.cells).isEmpty();
  }

  @Test
  void aTenantWhoseCellIsStoredHasMovedWhoeverIsSilent() {
    deaf = true;

    move();

    awaitStatus(Migration.Status.COMPLETED);
    releases.expectNoMessage();
  }

  @Test
  void aCellThatIsStoredWithoutAnAnswerIsLookedUp() {
    store.failing = true;

    move();

    awaitStatus(Migration.Status.COMPLETED);
    releases.expectNoMessage();
  }

  @Test
  void aMigrationThatHasBegunElsewhereIsLeftAlone() {
    Migration elsewhere = migration().at(Migration.Step.DEPART);
    store.begin(elsewhere);

    move();

    TenantMover.Begun found = begun.toCompletableFuture().join();
    assertThat(found.migration()).isEqualTo(elsewhere);
    assertThat(found.end().toCompletableFuture().join()).isEqualTo(elsewhere);
    releases.expectNoMessage();
    assertThat(store.migrations).containsValue(elsewhere);
  }

  private static Migration migration() {
    return new Migration(
        "m1",
        "acme",
        "10.0.0.1:25520",
        new MoveTarget.OfNode(TARGET),
        Migration.Status.RUNNING,
        Migration.Step.HOLD,
        -1,
        null,
        0,
        -1);
  }

  private void move() {
    ActorRef<ShardingEnvelope<TenantCommand>> region = kit.spawn(region());
    MigrationEnds ends = new MigrationEnds(store, this::tell, agents::later, TimeSource.system());
    begun =
        new TenantMover(kit.system(), region, agents, store, ends, TimeSource.system())
            .begin(migration());
  }

  private CompletionStage<TenantReply> tell(Migration ended) {
    told.add(ended);
    return CompletableFuture.completedStage(new TenantReply.Accepted());
  }

  private void assertTold() {
    awaitAssert(() -> assertThat(told).containsExactly(store.migrations.get("m1")));
  }

  private Behavior<PlacementCommand> agent() {
    return Behaviors.receiveMessage(command -> {
      if (command instanceof PlacementCommand.Hold hold) {
        hold.replyTo()
            .tell(
                busy
                    ? new PlacementReply.Busy(agents.self(), "m0")
                    : new PlacementReply.Held(agents.self()));
      } else if (command instanceof PlacementCommand.Give give && !deaf) {
        give.replyTo().tell(new PlacementReply.Known(agents.self()));
      } else if (command instanceof PlacementCommand.Release) {
        releases.ref().tell(command);
      }
      return Behaviors.same();
    });
  }

  private Behavior<ShardingEnvelope<TenantCommand>> region() {
    return Behaviors.receiveMessage(envelope -> {
      if (envelope.message() instanceof TenantCommand.Depart depart) {
        departing.run();
        depart.replyTo().tell(departure);
      }
      return Behaviors.same();
    });
  }

  private void awaitStatus(Migration.Status status) {
    awaitAssert(() ->
        assertThat(store.migrations("acme").toCompletableFuture().join())
            .extracting(Migration::status)
            .isEqualTo(List.of(status)));
  }

  private void awaitAssert(Runnable assertion) {
    releases.awaitAssert(
        PATIENCE,
        () -> {
          assertion.run();
          return Done.getInstance();
        });
  }
}
