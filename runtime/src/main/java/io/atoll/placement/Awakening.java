package io.atoll.placement;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * The tenants that have moved and start in their new place, as lots by number, and who wants to
 * know when all have started. Belongs to the agent.
 */
final class Awakening {
  private final Set<Long> lots = new HashSet<>();
  private final List<ActorRef<PlacementReply>> waiting = new ArrayList<>();

  void begins(long lot) {
    lots.add(lot);
  }

  /** All tenants of the lot have started, or it is not worth while to wait longer. */
  void ends(long lot, PlacementReply.Settled answer) {
    if (lots.remove(lot) && lots.isEmpty()) {
      waiting.forEach(one -> one.tell(answer));
      waiting.clear();
    }
  }

  /** Answers now if no tenant is starting, or else once that is so. */
  void tell(ActorRef<PlacementReply> replyTo, PlacementReply.Settled answer) {
    if (lots.isEmpty()) {
      replyTo.tell(answer);
    } else {
      waiting.add(replyTo);
    }
  }
}
