package io.atoll.tenant;

import io.atoll.map.MapReport;
import io.atoll.tenant.TenantEvent.MapCleared;
import io.atoll.tenant.TenantEvent.TenantPurged;
import io.atoll.tenant.TenantState.Absent;
import io.atoll.tenant.TenantState.Present;
import io.atoll.tenant.TenantState.Purging;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.persistence.typed.javadsl.Effect;

/** What a tenant does when its parts, its stores or the time have something to say. */
final class TenantSignals {

  /** Who was asked something within this time may still be answering. */
  private static final Duration RECENTLY = Duration.ofSeconds(1);

  private static final Duration STORE_LOOK = Duration.ofMillis(500);
  private static final String LEDGER_FAILED = "the ledger has failed";

  private final TenantCore core;
  private final TenantEffects effects;
  private final TenantLife life;
  private final StartGate gate;
  private final Departure departure;
  private final Idleness idleness;
  private final DirectoryOutbox outbox;
  private final Purge purge;

  TenantSignals(
      TenantCore core,
      TenantEffects effects,
      TenantLife life,
      StartGate gate,
      Departure departure,
      Idleness idleness,
      DirectoryOutbox outbox,
      Purge purge) {
    this.core = core;
    this.effects = effects;
    this.life = life;
    this.gate = gate;
    this.departure = departure;
    this.idleness = idleness;
    this.outbox = outbox;
    this.purge = purge;
  }

  /** Decides what becomes of the signal. */
  Effect<TenantEvent, TenantState> signalled(TenantState state, TenantSignal signal) {
    return switch (signal) {
      case TenantSignal.OfStart ofStart -> {
        life.starting(state, ofStart);
        yield effects.none().thenUnstashAll();
      }
      case TenantSignal.OfParts ofParts -> partSignalled(state, ofParts);
      case TenantSignal.OfListing ofListing -> listing(ofListing);
      case TenantSignal.OfPurge ofPurge -> purging(state, ofPurge);
      case TenantSignal.AlarmRang rang -> {
        TenantSignal due = core.agenda().take();
        yield due == null ? effects.none() : signalled(state, due);
      }
      case TenantSignal.Idle idle -> idle(state);
      case TenantSignal.MakeRoom room -> makeRoom(state);
      case TenantSignal.Knock knock -> {
        departure.doorway().knocked(knock.door());
        yield effects.none();
      }
      case TenantSignal.LastCall last -> {
        departure.doorway().lastCall();
        yield effects.goOnLeaving(state);
      }
      case TenantSignal.MinuteOver over -> minuteOver(state);
      case TenantSignal.StoreDue due -> storeDue(state);
      case TenantSignal.Answer answer -> {
        answer.replyTo().tell(answer.reply());
        yield effects.none();
      }
    };
  }

  private Effect<TenantEvent, TenantState> partSignalled(
      TenantState state, TenantSignal.OfParts signal) {
    Service service = life.service();
    if (service == null || !(state instanceof Present present)) {
      return effects.none();
    }
    return switch (signal) {
      case TenantSignal.OfService ofService -> {
        service.signalled(present, ofService);
        yield effects.none();
      }
      case TenantSignal.FromMap fromMap -> fromMap(present, service, fromMap.report());
      case TenantSignal.FromLedger fromLedger -> {
        service.reported(present, fromLedger.report());
        yield effects.none();
      }
      case TenantSignal.MapEnded ended ->
          service.ended(ended) || life.isDraining()
              ? effects.goOnLeaving(state)
              : effects.fail(state, "a map has failed");
      case TenantSignal.LedgerEnded ended -> ledgerEnded(state, service, ended);
      case TenantSignal.DrainOver over -> {
        if (departure.hasFailed()) {
          yield effects.stop();
        }
        yield life.isDraining()
            ? effects.fail(state, "its parts do not stop in time")
            : effects.none();
      }
    };
  }

  private Effect<TenantEvent, TenantState> fromMap(
      Present state, Service service, MapReport report) {
    switch (report) {
      case MapReport.Idle idle -> {
        if (!core.isStoreDown()) {
          service.maps().idle(idle);
        }
      }
      case MapReport.Metered metered -> service.metered(metered);
      case MapReport.CapReached reached -> service.capReached(state.tenant());
      case MapReport.Failed failed -> {
        return effects.fail(state, "map " + failed.map() + ": " + failed.reason());
      }
      case MapReport.Cleared cleared -> {
        return cleared(state, service, cleared);
      }
    }
    return effects.none();
  }

  private Effect<TenantEvent, TenantState> cleared(
      Present state, Service service, MapReport.Cleared cleared) {
    MapSlot slot = state.tenant().maps().get(cleared.map());
    if (slot == null || !slot.clearing() || cleared.generation() < slot.generation()) {
      return effects.none();
    }
    return effects
        .persist(new MapCleared(core.now(), cleared.map(), cleared.generation()))
        .thenRun(() -> service.admission().cleared(cleared.map()));
  }

  private Effect<TenantEvent, TenantState> ledgerEnded(
      TenantState state, Service service, TenantSignal.LedgerEnded ended) {
    if (!service.ended(ended)) {
      return effects.none();
    }
    if (life.isStarting()) {
      gate.failed();
      return effects.none().thenUnstashAll();
    }
    if (life.isDraining()) {
      return effects.goOnLeaving(state);
    }
    if (core.isStoreDown()) {
      core.later(new TenantSignal.StoreDue(), STORE_LOOK);
      return effects.none();
    }
    return effects.fail(state, LEDGER_FAILED);
  }

  /** A tenant without its ledger only reads; it starts again when the store answers again. */
  private Effect<TenantEvent, TenantState> storeDue(TenantState state) {
    if (core.isStoreDown()) {
      core.later(new TenantSignal.StoreDue(), STORE_LOOK);
      return effects.none();
    }
    return departure.hasBegun() ? effects.none() : effects.fail(state, LEDGER_FAILED);
  }

  private Effect<TenantEvent, TenantState> listing(TenantSignal.OfListing signal) {
    switch (signal) {
      case TenantSignal.ListAgain again -> outbox.send();
      case TenantSignal.ListingFailed failed -> outbox.failed(failed.reason());
      case TenantSignal.Listed listed -> outbox.listed(listed.version());
    }
    return effects.none();
  }

  private Effect<TenantEvent, TenantState> purging(TenantState state, TenantSignal.OfPurge signal) {
    switch (signal) {
      case TenantSignal.EraseFailed failed -> purge.failed(failed.reason());
      case TenantSignal.EraseAgain again -> life.drained(state);
      case TenantSignal.Erased erased -> {
        return forget(state);
      }
      case TenantSignal.ForgetAgain again -> {
        return forget(state);
      }
    }
    return effects.none();
  }

  /** Writes the purge down; the snapshot that follows lets all that was before be trimmed. */
  private Effect<TenantEvent, TenantState> forget(TenantState before) {
    if (!(before instanceof Purging || before instanceof Absent)) {
      return effects.none();
    }
    return effects
        .persist(new TenantPurged(core.now()))
        .thenRun((TenantState after) -> life.entered(before, after));
  }

  private Effect<TenantEvent, TenantState> idle(TenantState state) {
    if (departure.hasBegun()) {
      return effects.goOnLeaving(state);
    }
    Duration period =
        state instanceof Absent
            ? core.settings().passivateAbsentAfter()
            : core.settings().passivateAfter();
    if (idleness.isOver(period) && life.isIdle(state) && !core.isStoreDown()) {
      departure.propose();
    }
    return effects.none();
  }

  /** Leaves memory to others, unless there is a session or work that is not done. */
  private Effect<TenantEvent, TenantState> makeRoom(TenantState state) {
    if (!departure.hasBegun()
        && idleness.isQuietFor(RECENTLY)
        && life.mayMakeRoom(state)
        && !core.isStoreDown()) {
      departure.propose();
    } else {
      life.stay();
    }
    return effects.none();
  }

  /** A tenant that does so when the store has just gone cannot be read before that is back. */
  private Effect<TenantEvent, TenantState> writeDownUses(TenantState state, Service service) {
    return effects.note(
        state, service.uses().take().<List<TenantEvent>>map(List::of).orElse(List.of()));
  }

  private Effect<TenantEvent, TenantState> minuteOver(TenantState state) {
    Service service = life.service();
    if (service == null || !service.isReady()) {
      return effects.none();
    }
    long left = MinutePhase.untilNext(core.tenantId(), core.now());
    core.later(new TenantSignal.MinuteOver(), Duration.ofMillis(left));
    if (core.isStoreDown()) {
      return effects.none();
    }
    service.collect();
    life.weigh();
    return core.isStoreUp() ? writeDownUses(state, service) : effects.none();
  }
}
