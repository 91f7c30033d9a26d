package io.atoll.tenant;

import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;

/** The doors that lead to one tenant, from its side. Used by the tenant's actor only. */
final class Doorway {
  private final ActorRef<TenantCommand> self;
  private final List<TenantDoor> doors = new ArrayList<>(1);
  private boolean leaving;
  private boolean empty;

  Doorway(ActorRef<TenantCommand> self) {
    this.self = self;
  }

  /** Answers a knock. */
  void knocked(TenantDoor door) {
    if (leaving) {
      door.close();
    } else if (door.open(self)) {
      doors.add(door);
    }
  }

  /** Starts to leave: no more comes through the doors, and what has come is sent back. */
  void leave() {
    leaving = true;
    doors.forEach(TenantDoor::hold);
    self.tell(new TenantSignal.LastCall());
  }

  /** Sends a command back that came before the doors were shut; false if it has to be refused. */
  boolean sendBack(TenantCommand.Public command) {
    if (doors.isEmpty() || !isWorthWaking(command)) {
      return false;
    }
    doors.getFirst().sendBack(command);
    return true;
  }

  private static boolean isWorthWaking(TenantCommand.Public command) {
    return !(command instanceof TenantCommand.Stop || command instanceof TenantCommand.SampleStats);
  }

  /** All that had come through the doors was sent back. */
  void lastCall() {
    empty = true;
    shut();
  }

  /** Whether nothing can come through a door any more. */
  boolean isEmpty() {
    return empty;
  }

  /** Shuts the doors at once; what is on its way through them is lost. */
  void shut() {
    doors.forEach(TenantDoor::close);
    doors.clear();
  }
}
