package io.atoll.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.placement.PlacementCommand.Hold;
import io.atoll.placement.PlacementCommand.Release;
import io.atoll.placement.PlacementCommand.Settle;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class MoveRehearsalTest {
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final ActorTestKit KIT = OneNode.start();

  private final Queue<PlacementCommand> told = new ConcurrentLinkedQueue<>();

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @Test
  void whatIsHeldIsReleasedAgain() {
    assertThat(MoveRehearsal.run(KIT.system(), agent(), LONGEST)).isEqualTo(20);

    assertThat(told.stream().filter(Hold.class::isInstance)).hasSize(40);
    assertThat(told.stream().filter(Hold.class::isInstance).map(Hold.class::cast))
        .map(hold -> new Release(hold.cells(), hold.tenants(), hold.mover()))
        .containsExactlyElementsOf(
            told.stream().filter(Release.class::isInstance).map(Release.class::cast).toList());
  }

  @Test
  void withoutTimeForItThereIsNone() {
    assertThat(MoveRehearsal.run(KIT.system(), agent(), Duration.ZERO)).isZero();

    assertThat(told).isEmpty();
  }

  @Test
  void anAgentThatDoesNotAnswerIsTheEndOfIt() {
    ActorRef<PlacementCommand> silent =
        KIT.spawn(
            Behaviors.receiveMessage(command -> {
              told.add(command);
              return Behaviors.same();
            }));

    assertThat(MoveRehearsal.run(KIT.system(), silent, LONGEST)).isZero();
    KIT.createTestProbe()
        .awaitAssert(() -> assertThat(told).hasSize(2).last().isInstanceOf(Release.class));
  }

  private ActorRef<PlacementCommand> agent() {
    return KIT.spawn(
        Behaviors.receiveMessage(command -> {
          told.add(command);
          switch (command) {
            case Hold hold -> hold.replyTo().tell(new PlacementReply.Held("here"));
            case Settle settle -> settle.replyTo().tell(new PlacementReply.Settled("here", 0));
            default -> {}
          }
          return Behaviors.same();
        }));
  }
}
