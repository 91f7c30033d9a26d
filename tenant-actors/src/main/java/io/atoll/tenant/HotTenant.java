package io.atoll.tenant;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * A tenant in memory as the rest of its node sees it: where to reach it, and how many operations it
 * is asked for. Counted by the tenant's actor, taken by one other thread at a time.
 */
public final class HotTenant {
  private static final VarHandle OPERATIONS;

  static {
    try {
      OPERATIONS = MethodHandles.lookup().findVarHandle(HotTenant.class, "operations", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final ActorRef<TenantCommand> actor;
  private long operations;
  private long taken;

  HotTenant(ActorRef<TenantCommand> actor) {
    this.actor = actor;
  }

  /** The tenant's actor. */
  public ActorRef<TenantCommand> actor() {
    return actor;
  }

  /** The tenant is asked for so many more, whatever becomes of them. */
  void asked(int count) {
    OPERATIONS.setOpaque(this, operations + count);
  }

  /** How many there were since the last call. */
  long takeOperations() {
    long now = (long) OPERATIONS.getOpaque(this);
    long since = now - taken;
    taken = now;
    return since;
  }
}
