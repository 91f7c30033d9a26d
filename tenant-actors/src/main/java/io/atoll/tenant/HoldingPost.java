package io.atoll.tenant;

import java.util.ArrayDeque;
import java.util.ArrayList;
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
import org.jspecify.annotations.Nullable;

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

  private record Held(String tenantId, TenantCommand.Public command) {}

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

  /** The tenants whose ids have the same remainder share a lock. */
  private final class Stripe {
    private final Map<MoveScope, ArrayDeque<Held>> holds = new HashMap<>();
    private Set<String> lately = new HashSet<>();
    private Set<String> before = new HashSet<>();

    synchronized void send(String tenantId, TenantCommand.Public command) {
      ArrayDeque<Held> queue = holds.isEmpty() ? null : queueFor(tenantId);
      if (queue == null) {
        lately.add(tenantId);
        ahead.send(tenantId, command);
      } else if (waiting.incrementAndGet() <= MOST_HELD) {
        queue.addLast(new Held(tenantId, command));
      } else {
        waiting.decrementAndGet();
        Refusing.refuse(tenantId, command, Refusals.UNAVAILABLE);
      }
    }

    private @Nullable ArrayDeque<Held> queueFor(String tenantId) {
      for (Map.Entry<MoveScope, ArrayDeque<Held>> hold : holds.entrySet()) {
        if (placements.isIn(hold.getKey(), tenantId)) {
          return hold.getValue();
        }
      }
      return null;
    }

    synchronized void hold(MoveScope scope) {
      holds.computeIfAbsent(scope, added -> new ArrayDeque<>());
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

    /** What another hold keeps back waits for that one, behind what waits there already. */
    synchronized void release(MoveScope scope) {
      ArrayDeque<Held> queue = holds.remove(scope);
      if (queue != null) {
        List<Held> all = new ArrayList<>(queue);
        waiting.addAndGet(-all.size());
        all.forEach(held -> send(held.tenantId(), held.command()));
      }
    }

    synchronized void forget() {
      before = lately;
      lately = new HashSet<>();
    }
  }
}
