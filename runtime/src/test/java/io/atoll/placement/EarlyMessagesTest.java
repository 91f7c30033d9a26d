package io.atoll.placement;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Other nodes still write to a node that was killed, while its next process starts under the same
 * name and has no agent yet.
 */
class EarlyMessagesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** In place of a minute each. */
  private static final Config OFTEN =
      ConfigFactory.parseString(
          """
          pekko.remote.artery.advanced.compression {
            actor-refs.advertisement-interval = 100ms
            manifests.advertisement-interval = 100ms
          }
          """);

  private static final Config REMOTING =
      OFTEN.withFallback(
          ConfigFactory.parseResources("atoll-node.conf")
              .withOnlyPath("pekko.remote.artery.advanced"));

  private final ActorTestKit writer = OneNode.start(REMOTING);
  private final ActorTestKit young = OneNode.start(REMOTING);

  @AfterEach
  void stop() {
    young.shutdownTestKit();
    writer.shutdownTestKit();
  }

  @Test
  void whatIsWrittenToAnAgentThatIsNotThereYetDoesNotKeepLaterWordsFromIt() {
    Agents agents = OneNode.join(writer);
    String name = OneNode.join(young, writer).self();
    TestProbe<PlacementCommand> told = young.createTestProbe(PlacementCommand.class);
    TestProbe<Object> nobody = writer.createTestProbe(Object.class);
    for (int time = 0; time < 20; time++) {
      agents.tell(name, new PlacementCommand.Leaving("early"));
      nobody.expectNoMessage(Duration.ofMillis(50));
    }

    young.system().systemActorOf(forwardedTo(told), Agents.NAME, Props.empty());

    told.awaitAssert(
        PATIENCE,
        () -> {
          agents.tell(name, new PlacementCommand.Leaving("late"));
          assertThat(told.receiveMessage(Duration.ofMillis(200)))
              .isEqualTo(new PlacementCommand.Leaving("late"));
          return Done.getInstance();
        });
  }

  private static Behavior<PlacementCommand> forwardedTo(TestProbe<PlacementCommand> probe) {
    return Behaviors.receiveMessage(command -> {
      probe.ref().tell(command);
      return Behaviors.same();
    });
  }
}
