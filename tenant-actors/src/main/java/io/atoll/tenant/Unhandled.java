package io.atoll.tenant;

import java.util.ArrayDeque;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.BehaviorInterceptor;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.jspecify.annotations.Nullable;

/**
 * Knows the commands that a tenant was sent and has not handled yet. While it recovers or persists
 * they wait where nothing of ours can see them: when that fails they are refused at once.
 */
final class Unhandled extends BehaviorInterceptor<TenantCommand, TenantCommand> {
  private final String tenantId;
  private @Nullable ArrayDeque<TenantCommand.Public> waiting;

  Unhandled(String tenantId) {
    super(TenantCommand.class);
    this.tenantId = tenantId;
  }

  /** The command waits. */
  void add(TenantCommand.Public command) {
    if (waiting == null) {
      waiting = new ArrayDeque<>(1);
    }
    waiting.addLast(command);
  }

  /** The command is being handled; mostly it is the one that has waited longest. */
  @SuppressWarnings("ReferenceEquality") // the same message, and comparing operations would be dear
  void remove(TenantCommand.Public command) {
    if (waiting == null) {
      return;
    }
    if (waiting.peekFirst() == command) {
      waiting.removeFirst();
    } else {
      waiting.removeIf(each -> each == command);
    }
  }

  @Override
  public Behavior<TenantCommand> aroundReceive(
      TypedActorContext<TenantCommand> context,
      TenantCommand command,
      ReceiveTarget<TenantCommand> target) {
    if (command instanceof TenantCommand.Public fromOutside) {
      add(fromOutside);
    }
    return target.apply(context, command);
  }

  @Override
  public Behavior<TenantCommand> aroundSignal(
      TypedActorContext<TenantCommand> context, Signal signal, SignalTarget<TenantCommand> target) {
    if (signal instanceof PostStop && waiting != null) {
      waiting.forEach(command -> Refusing.refuse(tenantId, command, Refusals.UNAVAILABLE));
      waiting = null;
    }
    return target.apply(context, signal);
  }
}
