package io.atoll.placement;

import io.atoll.tenant.HoldingPost;
import io.atoll.tenant.MoveScope;
import io.atoll.tenant.TenantReply;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntBiFunction;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Fences that an agent has sent to tenants, in lots with a number each, until all tenants of a lot
 * have heard theirs. Belongs to the agent.
 */
final class Fences {
  private final ActorContext<PlacementCommand> context;
  private final HoldingPost post;
  private final Map<Long, Lot> lots = new HashMap<>();
  private long numbers;

  private record Lot(int missing, ActorRef<TenantReply> ear, Runnable allHeard) {
    Lot heard() {
      return new Lot(missing - 1, ear, allHeard);
    }
  }

  Fences(ActorContext<PlacementCommand> context, HoldingPost post) {
    this.context = context;
    this.post = post;
  }

  /** A number that no lot has. */
  long next() {
    return ++numbers;
  }

  /** Sends a fence to each tenant of the scopes that was used lately; then, once all are heard. */
  void send(long number, List<MoveScope> scopes, Runnable allHeard) {
    send(number, scopes, post::fence, allHeard);
  }

  /** Starts each such tenant; then, once all take commands. */
  void wake(long number, List<MoveScope> scopes, Runnable allAwake) {
    send(number, scopes, post::wake, allAwake);
  }

  private void send(
      long number,
      List<MoveScope> scopes,
      ToIntBiFunction<MoveScope, ActorRef<TenantReply>> sender,
      Runnable allHeard) {
    ActorRef<TenantReply> ear = context.spawnAnonymous(ear(number));
    int sent = 0;
    for (MoveScope scope : scopes) {
      sent += sender.applyAsInt(scope, ear);
    }
    lots.put(number, new Lot(sent, ear, allHeard));
    endIfAllHeard(number);
  }

  /** One more of the lot was heard. */
  void heard(long number) {
    lots.computeIfPresent(number, (same, lot) -> lot.heard());
    endIfAllHeard(number);
  }

  /** Waits no longer for the lot. */
  void forget(long number) {
    Lot lot = lots.remove(number);
    if (lot != null) {
      context.stop(lot.ear());
    }
  }

  private void endIfAllHeard(long number) {
    Lot lot = lots.get(number);
    if (lot != null && lot.missing() == 0) {
      forget(number);
      lot.allHeard().run();
    }
  }

  /** Takes the answers of the tenants. */
  private Behavior<TenantReply> ear(long number) {
    return Behaviors.receiveMessage(reply -> {
      context.getSelf().tell(new PlacementCommand.Heard(number));
      return Behaviors.same();
    });
  }
}
