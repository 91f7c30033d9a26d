package io.atoll.tenant;

import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * The way to one tenant. The first command goes through the region, with a knock behind it; what
 * comes until the knock is answered waits, then goes straight to the tenant. A tenant that leaves
 * first has the door hold what comes, sends back what has reached it, and lets the door send the
 * rest through the region behind that. Thread-safe; a closed door takes nothing and is replaced.
 */
final class TenantDoor {
  private final Consumer<TenantCommand> region;
  private final Consumer<TenantDoor> closing;
  private State state = State.NEW;
  private @Nullable ActorRef<TenantCommand> tenant;
  private @Nullable ArrayDeque<TenantCommand> waiting;

  private enum State {
    NEW,
    KNOCKING,
    OPEN,
    HOLDING,
    CLOSED
  }

  /** A door before this region; {@code closing} is told once, with the door locked. */
  TenantDoor(Consumer<TenantCommand> region, Consumer<TenantDoor> closing) {
    this.region = region;
    this.closing = closing;
  }

  /** A door that was closed before anybody could come. */
  static TenantDoor closed() {
    TenantDoor door = new TenantDoor(command -> {}, closing -> {});
    door.close();
    return door;
  }

  /** Takes a command; false when the door is closed. */
  synchronized boolean pass(TenantCommand.Public command) {
    switch (state) {
      case OPEN -> straight(command);
      case NEW -> {
        region.accept(command);
        region.accept(new TenantSignal.Knock(this));
        state = State.KNOCKING;
      }
      case KNOCKING, HOLDING -> hold(command);
      case CLOSED -> {
        return false;
      }
    }
    return true;
  }

  /** The tenant has heard the knock: everything that went through the region is before it. */
  synchronized boolean open(ActorRef<TenantCommand> self) {
    if (state != State.KNOCKING) {
      return false;
    }
    tenant = self;
    state = State.OPEN;
    release(self::tell);
    return true;
  }

  /** The tenant leaves: what comes from now on waits. */
  synchronized void hold() {
    if (state == State.OPEN) {
      state = State.HOLDING;
    }
  }

  /** Sends a command that had reached a tenant that leaves back through the region. */
  void sendBack(TenantCommand command) {
    region.accept(command);
  }

  /** Closes the door; what waits goes through the region. */
  synchronized void close() {
    if (state != State.CLOSED) {
      state = State.CLOSED;
      tenant = null;
      release(region);
      closing.accept(this);
    }
  }

  /** Closes the door unless it was opened. */
  synchronized void giveUp() {
    if (state == State.NEW || state == State.KNOCKING) {
      close();
    }
  }

  private void straight(TenantCommand command) {
    ActorRef<TenantCommand> open = tenant;
    if (open == null) {
      throw new IllegalStateException("an open door leads to a tenant");
    }
    open.tell(command);
  }

  private void hold(TenantCommand command) {
    ArrayDeque<TenantCommand> held = waiting;
    if (held == null) {
      held = new ArrayDeque<>();
      waiting = held;
    }
    held.addLast(command);
  }

  private void release(Consumer<TenantCommand> way) {
    ArrayDeque<TenantCommand> held = waiting;
    waiting = null;
    if (held != null) {
      held.forEach(way);
    }
  }
}
