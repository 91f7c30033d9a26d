package io.atoll.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VitalActorsTest {
  private final ActorTestKit kit = ActorTestKit.create();

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void aNodeEndsWithAnActorThatFails() throws Exception {
    ActorRef<String> sound = kit.spawn(failing());
    ActorRef<String> other = kit.spawn(failing());
    VitalActors.watch(kit.system(), List.of(sound, other));

    other.tell("fail");

    assertEnds();
  }

  private void assertEnds() throws Exception {
    assertThat(kit.system().getWhenTerminated().toCompletableFuture().get(60, TimeUnit.SECONDS))
        .isEqualTo(Done.getInstance());
    assertThat(VitalActors.wereLost(kit.system())).isTrue();
  }

  @Test
  void aNodeEndsWithAnActorThatHasFailedBefore() throws Exception {
    ActorRef<String> gone = kit.spawn(failing());
    gone.tell("fail");
    kit.createTestProbe().expectTerminated(gone);
    VitalActors.watch(kit.system(), List.of(gone));

    assertEnds();
  }

  private static Behavior<String> failing() {
    return Behaviors.receiveMessage(message -> {
      throw new IllegalStateException(message);
    });
  }
}
