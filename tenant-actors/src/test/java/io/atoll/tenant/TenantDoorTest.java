package io.atoll.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.tenant.TenantCommand.CloseSession;
import io.atoll.tenant.TenantCommand.Stop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TenantDoorTest {
  @Property(tries = 2_000)
  void noCommandIsLostOrOvertakenWheneverTheTenantLeaves(
      @ForAll @Size(max = 200) List<@IntRange(max = 9) Integer> steps) {
    World world = new World(true);
    steps.forEach(world::step);
    world.settle();
    assertThat(world.served).isEqualTo(world.sent());
  }

  @Test
  void withoutHoldingWhatComesACommandIsOvertakenAndThisTestSeesIt() {
    World world = new World(false);
    world.send();
    world.run();
    world.passivate();
    world.send();
    world.tenantStep();
    world.send();
    world.settle();
    assertThat(world.served).isNotEqualTo(world.sent());
  }

  @Test
  void oneThatIsInMemoryIsToldWithoutTheRegion() {
    World world = new World(true);
    world.send();
    world.run();
    world.regionTook = 0;
    world.send();
    assertThat(world.regionTook).isZero();
    world.settle();
    assertThat(world.served).isEqualTo(world.sent());
  }

  @Test
  void aKnockThatNobodyAnswersIsGivenUp() {
    World world = new World(true);
    world.send();
    world.send();
    world.region.clear();
    world.door.giveUp();
    world.settle();
    assertThat(world.served).containsExactly(2);
  }

  /** One tenant with the shard in front of it, step by step. */
  private static final class World {
    private final boolean holding;
    private final ArrayDeque<TenantCommand> region = new ArrayDeque<>();
    private final ArrayDeque<TenantCommand> buffered = new ArrayDeque<>();
    private final List<Integer> served = new ArrayList<>();
    private TenantDoor door = newDoor();
    private @Nullable TestInbox<TenantCommand> mailbox;
    private @Nullable Doorway doorway;
    private boolean passivating;
    private boolean stopping;
    private int sent;
    private int regionTook;

    World(boolean holding) {
      this.holding = holding;
    }

    List<Integer> sent() {
      return IntStream.rangeClosed(1, sent).boxed().toList();
    }

    private TenantDoor newDoor() {
      return new TenantDoor(
          command -> {
            regionTook++;
            region.add(command);
          },
          closed -> door = newDoor());
    }

    void step(int action) {
      switch (action) {
        case 0, 1, 2 -> send();
        case 3, 4, 5 -> regionStep();
        case 6, 7, 8 -> tenantStep();
        default -> passivate();
      }
    }

    void send() {
      CloseSession command = new CloseSession(Integer.toString(++sent));
      while (!door.pass(command)) {
        assertThat(door).isNotNull();
      }
    }

    void regionStep() {
      TenantCommand command = region.poll();
      if (command == null) {
        return;
      }
      if (passivating) {
        buffered.add(command);
      } else {
        tenant().getRef().tell(command);
      }
    }

    private TestInbox<TenantCommand> tenant() {
      TestInbox<TenantCommand> present = mailbox;
      if (present == null) {
        present = TestInbox.create();
        mailbox = present;
        doorway = new Doorway(present.getRef());
        stopping = false;
      }
      return present;
    }

    void passivate() {
      if (mailbox != null && !passivating) {
        passivating = true;
        mailbox.getRef().tell(new Stop());
      }
    }

    void tenantStep() {
      if (mailbox == null || !mailbox.hasMessages() || doorway == null) {
        return;
      }
      switch (mailbox.receiveMessage()) {
        case TenantSignal.Knock knock -> doorway.knocked(knock.door());
        case Stop stop -> leave(doorway);
        case TenantSignal.LastCall last -> {
          doorway.lastCall();
          terminated();
        }
        case CloseSession command when stopping -> assertThat(doorway.sendBack(command)).isTrue();
        case CloseSession command -> served.add(Integer.parseInt(command.sessionId()));
        case TenantCommand other -> throw new AssertionError(other);
      }
    }

    private void leave(Doorway leaving) {
      stopping = true;
      if (!holding) {
        door.close();
      }
      leaving.leave();
    }

    private void terminated() {
      assertThat(mailbox != null && mailbox.hasMessages()).isFalse();
      mailbox = null;
      passivating = false;
      buffered.forEach(command -> tenant().getRef().tell(command));
      buffered.clear();
    }

    void run() {
      while (!region.isEmpty() || (mailbox != null && mailbox.hasMessages())) {
        regionStep();
        tenantStep();
      }
    }

    void settle() {
      run();
    }
  }
}
