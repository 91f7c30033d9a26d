package io.atoll.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;

class UnhandledTest {
  private final Unhandled unhandled = new Unhandled("acme");
  private final BehaviorTestKit<TenantCommand> actor =
      BehaviorTestKit.create(
          Behaviors.intercept(
              () -> unhandled,
              Behaviors.receive(TenantCommand.class)
                  .onAnyMessage(_ -> Behaviors.same())
                  .onSignal(PostStop.class, _ -> Behaviors.same())
                  .build()));

  private record Asked(TestInbox<TenantReply> asker, TenantCommand.ReadRate command) {
    static Asked once() {
      TestInbox<TenantReply> asker = TestInbox.create();
      return new Asked(asker, new TenantCommand.ReadRate(asker.getRef()));
    }

    long refusals() {
      return asker.getAllReceived().stream().filter(TenantReply.Refused.class::isInstance).count();
    }
  }

  @Test
  void whatWasNotHandledIsRefusedWhenTheActorEnds() {
    List<Asked> asked = Stream.generate(Asked::once).limit(5).toList();
    asked.forEach(each -> actor.run(each.command()));
    unhandled.remove(asked.get(2).command());
    unhandled.remove(asked.get(0).command());
    unhandled.remove(asked.get(1).command());
    actor.signal(PostStop.instance());
    assertThat(asked).extracting(Asked::refusals).containsExactly(0L, 0L, 0L, 1L, 1L);
  }

  @Test
  void aCommandThatComesAgainAfterItWasHandledWaitsAgain() {
    Asked first = Asked.once();
    Asked second = Asked.once();
    actor.run(first.command());
    unhandled.remove(first.command());
    actor.run(second.command());
    unhandled.add(first.command());
    unhandled.remove(second.command());
    actor.signal(PostStop.instance());
    assertThat(first.refusals()).isEqualTo(1);
    assertThat(second.refusals()).isZero();
  }
}
