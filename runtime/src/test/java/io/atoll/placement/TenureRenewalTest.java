package io.atoll.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes that confirm each other. */
class TenureRenewalTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration LENGTH = Duration.ofSeconds(2);

  private final ActorTestKit one = OneNode.start();
  private final ActorTestKit two = OneNode.start();
  private final Tenure ofOne = new Tenure(LENGTH, System::nanoTime);
  private final Tenure ofTwo = new Tenure(LENGTH, System::nanoTime);
  private final TestProbe<PlacementCommand> told = one.createTestProbe(PlacementCommand.class);

  /** The tenure of the node with the higher address, which the other one has to confirm. */
  private Tenure higher = ofOne;

  private ActorTestKit lower = two;
  private String nameOfLower = "";
  private ActorRef<PlacementCommand> lowersAgent = told.ref();

  @BeforeEach
  void start() {
    Agents first = OneNode.join(one);
    Agents second = OneNode.join(two, one);
    ActorRef<PlacementCommand> agentOfOne = agent(one, first, ofOne);
    ActorRef<PlacementCommand> agentOfTwo = agent(two, second, ofTwo);
    boolean isOneLower = first.seats().getFirst().node().equals(first.self());
    higher = isOneLower ? ofTwo : ofOne;
    lower = isOneLower ? one : two;
    nameOfLower = isOneLower ? first.self() : second.self();
    lowersAgent = isOneLower ? agentOfOne : agentOfTwo;
  }

  @AfterEach
  void stop() {
    two.shutdownTestKit();
    one.shutdownTestKit();
  }

  @Test
  void aNodeThatTheOtherDoesNotConfirmLosesItsTenureThoughItReachesIt() {
    told.fishForMessage(
        PATIENCE,
        command ->
            command instanceof PlacementCommand.ConfirmedBy by && by.node().equals(nameOfLower)
                ? FishingOutcomes.complete()
                : FishingOutcomes.continueAndIgnore());

    Adapter.toClassic(lower.system()).stop(Adapter.toClassic(lowersAgent));

    told.awaitAssert(
        PATIENCE,
        () -> {
          assertThat(higher.isHeld()).isFalse();
          return Done.getInstance();
        });
  }

  private ActorRef<PlacementCommand> agent(ActorTestKit kit, Agents agents, Tenure tenure) {
    return kit.system().systemActorOf(agent(agents, tenure), Agents.NAME, Props.empty());
  }

  private Behavior<PlacementCommand> agent(Agents agents, Tenure tenure) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(timers -> {
          TenureRenewal renewal = new TenureRenewal(context, agents, tenure);
          timers.startTimerWithFixedDelay(
              new PlacementCommand.RenewTenure(), TenureRenewal.INTERVAL);
          return Behaviors.receiveMessage(command -> {
            switch (command) {
              case PlacementCommand.RenewTenure again -> renewal.ask();
              case PlacementCommand.Confirm question -> renewal.answer(question);
              case PlacementCommand.ConfirmedBy confirmed -> {
                renewal.confirmed(confirmed);
                told.ref().tell(command);
              }
              default -> throw new IllegalStateException("not told here: " + command);
            }
            return Behaviors.same();
          });
        }));
  }
}
