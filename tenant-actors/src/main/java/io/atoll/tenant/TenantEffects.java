package io.atoll.tenant;

import io.atoll.tenant.TenantEvent.TenantListed;
import io.atoll.tenant.TenantState.Present;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EffectBuilder;
import org.apache.pekko.persistence.typed.javadsl.EffectFactories;

/**
 * What a command or a signal of a tenant ends with: Pekko's own effects, and those that only a
 * tenant has. Used by its actor only.
 */
final class TenantEffects {
  private final TenantCore core;
  private final EffectFactories<TenantEvent, TenantState> factories;
  private final DirectoryOutbox outbox;
  private final Departure departure;

  TenantEffects(
      TenantCore core,
      EffectFactories<TenantEvent, TenantState> factories,
      DirectoryOutbox outbox,
      Departure departure) {
    this.core = core;
    this.factories = factories;
    this.outbox = outbox;
    this.departure = departure;
  }

  EffectBuilder<TenantEvent, TenantState> none() {
    return factories.none();
  }

  Effect<TenantEvent, TenantState> stash() {
    return factories.stash();
  }

  Effect<TenantEvent, TenantState> stop() {
    return factories.stop();
  }

  EffectBuilder<TenantEvent, TenantState> persist(TenantEvent event) {
    return factories.persist(event);
  }

  EffectBuilder<TenantEvent, TenantState> persist(List<TenantEvent> events) {
    return factories.persist(events);
  }

  /** Answers that the tenant is not available now. */
  Effect<TenantEvent, TenantState> refuse(TenantCommand.Public command) {
    Refusing.refuse(core.tenantId(), command, Refusals.UNAVAILABLE);
    return factories.none();
  }

  /** Writes the events down, and with them that the directory holds the tenant as it is now. */
  Effect<TenantEvent, TenantState> note(TenantState state, List<TenantEvent> events) {
    if (!events.isEmpty()
        && state instanceof Present present
        && present.tenant().isUnlisted()
        && outbox.holds(present)) {
      List<TenantEvent> all = new ArrayList<>(events);
      all.addFirst(new TenantListed(core.now(), present.tenant().version()));
      return factories.persist(all);
    }
    return factories.persist(events);
  }

  /** Leaves memory as it is, because something of the tenant has failed. */
  Effect<TenantEvent, TenantState> fail(TenantState state, String reason) {
    departure.fail(reason);
    return goOnLeaving(state);
  }

  /** Stops when nothing of the tenant runs any more. */
  Effect<TenantEvent, TenantState> goOnLeaving(TenantState state) {
    return departure.goOn(state) ? factories.stop() : factories.none();
  }
}
