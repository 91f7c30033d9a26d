package io.atoll.tenant;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * What the parts of one tenant's actor share. Used by that actor only, but for what the rest of the
 * node sees of it, and for the monotonic time of the last use, which others may read.
 */
record TenantCore(
    String tenantId,
    TenantEnvironment environment,
    ActorContext<TenantCommand> context,
    Agenda agenda,
    HotTenant hot,
    AtomicLong lastUse) {

  TenantCore(String tenantId, TenantEnvironment environment, ActorContext<TenantCommand> context) {
    this(
        tenantId,
        environment,
        context,
        Agenda.of(context),
        new HotTenant(context.getSelf()),
        new AtomicLong(environment.time().nanoTime()));
  }

  /** Epoch milliseconds. */
  long now() {
    return environment.time().epochMillis();
  }

  /** Monotonic nanoseconds. */
  long nanos() {
    return environment.time().nanoTime();
  }

  /** Whether the store does not answer: then nothing can be persisted. */
  boolean isStoreDown() {
    return environment.isStoreDown();
  }

  /** Whether what is in memory may be superseded by another node's, so that it is not read. */
  boolean isStoreLost() {
    return environment.isStoreLost();
  }

  /** Whether the store has answered a moment ago, so that a write will not take long. */
  boolean isStoreUp() {
    return environment.isStoreUp();
  }

  TenantSettings settings() {
    return environment.settings();
  }

  ActorRef<TenantCommand> self() {
    return context.getSelf();
  }

  /** What a decision made now depends on. */
  Situation situation() {
    return new Situation(
        tenantId, now(), environment.plans().get(), environment.random(), settings().limits());
  }

  /** Sends the signal to the tenant later; one of a kind is under way at a time. */
  void later(TenantSignal signal, Duration delay) {
    agenda.add(signal, delay);
  }

  boolean isLater(Class<? extends TenantSignal> kind) {
    return agenda.has(kind);
  }
}
