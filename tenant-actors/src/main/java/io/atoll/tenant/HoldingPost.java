package io.atoll.tenant;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Brings commands to tenants that may move. While something moves, what comes for it waits here, in
 * its order, and goes on its way when the move is over. A fence behind what was sent before tells
 * when all of that has arrived, so a move loses nothing. Thread-safe.
 */
public final class HoldingPost implements TenantPost {
  private static final int STRIPES = 64;

  /** Of all tenants together; the edge bounds the operations that one of them has under way. */
  private static final int MOST_HELD = 100_000;

  private final TenantPost ahead;
  private final Placements placements;
  private final Stripe[] stripes = new Stripe[STRIPES];
  private final AtomicInteger waiting = new AtomicInteger();

  /** Sends through the post {@code ahead} what is not held. */
  public HoldingPost(TenantPost ahead, Placements placements) {
    this.ahead = ahead;
    this.placements = placements;
    Arrays.setAll(stripes, at -> new Stripe());
  }

  @Override
  public void send(String tenantId, TenantCommand.Public command) {
    stripes[Math.floorMod(tenantId.hashCode(), STRIPES)].send(tenantId, command);
  }

  /** From now on commands for this wait; held twice is held once. */
  public void hold(MoveScope scope) {
    for (Stripe stripe : stripes) {
      stripe.hold(scope);
    }
  }

  /**
   * Sends a fence to each tenant in the scope to which something was sent lately, past what is
   * held; returns how many. Each is answered once, as {@link TenantCommand.Arrive} is.
   */
  public int fence(MoveScope scope, ActorRef<TenantReply> replyTo) {
    return send(scope, new TenantCommand.Arrive(replyTo));
  }

  /**
   * Starts each tenant in the scope to which something was sent lately; returns how many. Each
   * answers once, with whatever, when it takes commands.
   */
  public int wake(MoveScope scope, ActorRef<TenantReply> replyTo) {
    return send(scope, new TenantCommand.ReadRate(replyTo));
  }

  private int send(MoveScope scope, TenantCommand.Public command) {
    int sent = 0;
    for (Stripe stripe : stripes) {
      sent += stripe.pass(scope, command);
    }
    return sent;
  }

  /** Sends on what was held for this. */
  public void release(MoveScope scope) {
    for (Stripe stripe : stripes) {
      stripe.release(scope);
    }
  }

  /**
   * To be called again and again, never sooner than what is sent takes to arrive: forgets to which
   * tenants something was sent before the last call.
   */
  public void forget() {
    for (Stripe stripe : stripes) {
      stripe.forget();
    }
  }

  /**
   * Refuses whose senders wait for an answer of the tenants in the scope; what comes from now on
   * waits again.
   */
  public void refuse(MoveScope scope) {
    for (Stripe stripe : stripes) {
      stripe.refuse(scope);
    }
  }

  /**
   * The tenants whose ids have the same remainder share a lock. What waits for a tenant waits in
   * one queue, however many holds keep it back, so it goes on in its order.
   */
  private final class Stripe {
    private final Set<MoveScope> holds = new HashSet<>();
    private final Map<String, ArrayDeque<TenantCommand.Public>> queues = new HashMap<>();
    private Set<String> lately = new HashSet<>();
    private Set<String> before = new HashSet<>();

    synchronized void send(String tenantId, TenantCommand.Public command) {
      if (holds.isEmpty() || !waits(tenantId)) {
        lately.add(tenantId);
        ahead.send(tenantId, command);
      } else if (waiting.incrementAndGet() <= MOST_HELD) {
        queues.computeIfAbsent(tenantId, added -> new ArrayDeque<>()).addLast(command);
      } else {
        waiting.decrementAndGet();
        Refusing.refuse(tenantId, command, Refusals.UNAVAILABLE);
      }
    }

    /** Behind what waits already, or because it is held. */
    private boolean waits(String tenantId) {
      return queues.containsKey(tenantId) || isHeld(tenantId);
    }

    private boolean isHeld(String tenantId) {
      for (MoveScope scope : holds) {
        if (placements.isIn(scope, tenantId)) {
          return true;
        }
      }
      return false;
    }

    synchronized void hold(MoveScope scope) {
      holds.add(scope);
    }

    /** Past what is held. */
    synchronized int pass(MoveScope scope, TenantCommand.Public command) {
      Collection<String> tenants = sentTo(scope);
      tenants.forEach(tenantId -> ahead.send(tenantId, command));
      return tenants.size();
    }

    private Collection<String> sentTo(MoveScope scope) {
      Set<String> tenants = new LinkedHashSet<>(before);
      tenants.addAll(lately);
      tenants.removeIf(tenantId -> !placements.isIn(scope, tenantId));
      return tenants;
    }

    /** What another hold keeps back waits for that one. */
    synchronized void release(MoveScope scope) {
      holds.remove(scope);
      for (var waited : List.copyOf(queues.entrySet())) {
        String tenantId = waited.getKey();
        if (!isHeld(tenantId)) {
          queues.remove(tenantId);
          waiting.addAndGet(-waited.getValue().size());
          lately.add(tenantId);
          waited.getValue().forEach(command -> ahead.send(tenantId, command));
        }
      }
    }

    /** Who is answered may send at once again, so nobody is under the lock. */
    void refuse(MoveScope scope) {
      takeAnswered(scope)
          .forEach((tenantId, commands) ->
              commands.forEach(
                  command -> Refusing.refuse(tenantId, command, Refusals.UNAVAILABLE)));
    }

    private synchronized Map<String, List<TenantCommand.Public>> takeAnswered(MoveScope scope) {
      Map<String, List<TenantCommand.Public>> taken = new HashMap<>();
      queues.forEach((tenantId, queue) -> {
        if (placements.isIn(scope, tenantId)) {
          taken.put(tenantId, queue.stream().filter(Refusing::isAnswered).toList());
          queue.removeIf(Refusing::isAnswered);
          waiting.addAndGet(-taken.get(tenantId).size());
        }
      });
      return taken;
    }

    synchronized void forget() {
      before = lately;
      lately = new HashSet<>();
    }
  }
}
