package io.atoll.tenant;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * A tenant in memory as the rest of its node sees it: where to reach it, how many operations it is
 * asked for, and how many entries it has. Counted by the tenant's actor; the operations are taken
 * by one other thread at a time.
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
  private volatile long entries;

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

  /** The tenant has so many entries in all its maps. */
  void holds(long count) {
    entries = count;
  }

  /** How many entries it has, as of the last minute. */
  long entries() {
    return entries;
  }

  /** How many there were since the last call. */
  long takeOperations() {
    long now = (long) OPERATIONS.getOpaque(this);
    long since = now - taken;
    taken = now;
    return since;
  }
}
