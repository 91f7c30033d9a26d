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

  /** The command that has waited longest; mostly it is the only one. */
  private TenantCommand.@Nullable Public first;

  /** Those that came after it; null while there are none, as it is for most tenants. */
  private @Nullable ArrayDeque<TenantCommand.Public> others;

  Unhandled(String tenantId) {
    super(TenantCommand.class);
    this.tenantId = tenantId;
  }

  /** The command waits. */
  void add(TenantCommand.Public command) {
    if (first == null) {
      first = command;
      return;
    }
    if (others == null) {
      others = new ArrayDeque<>();
    }
    others.addLast(command);
  }

  /** The command is being handled; mostly it is the one that has waited longest. */
  @SuppressWarnings("ReferenceEquality") // the same message, and comparing operations would be dear
  void remove(TenantCommand.Public command) {
    if (first == command) {
      first = others == null ? null : others.pollFirst();
    } else if (others != null) {
      others.removeIf(each -> each == command);
    }
    if (others != null && others.isEmpty()) {
      others = null;
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
    if (signal instanceof PostStop) {
      while (first != null) {
        TenantCommand.Public command = first;
        remove(command);
        Refusing.refuse(tenantId, command, Refusals.UNAVAILABLE);
      }
    }
    return target.apply(context, signal);
  }
}
