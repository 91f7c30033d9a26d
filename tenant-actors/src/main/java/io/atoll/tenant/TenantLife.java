package io.atoll.tenant;

import io.atoll.quota.Quotas;
import io.atoll.tenant.TenantEvent.KeyRevoked;
import io.atoll.tenant.TenantState.Absent;
import io.atoll.tenant.TenantState.Active;
import io.atoll.tenant.TenantState.Deleted;
import io.atoll.tenant.TenantState.Present;
import io.atoll.tenant.TenantState.Purging;
import io.atoll.tenant.TenantState.Suspended;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what is in memory in step with the tenant's stage of life: the service starts with the
 * tenant, ends its sessions when it is suspended and drains when it is deleted or leaves.
 */
final class TenantLife {
  private final TenantCore core;
  private final DirectoryOutbox outbox;
  private final Purge purge;
  private final Replies replies;
  private final StartGate gate;
  private @Nullable Service service;
  private HotRoom.@Nullable Place place;
  private boolean draining;

  TenantLife(
      TenantCore core, DirectoryOutbox outbox, Purge purge, Replies replies, StartGate gate) {
    this.core = core;
    this.outbox = outbox;
    this.purge = purge;
    this.replies = replies;
    this.gate = gate;
  }

  /** What serves the tenant; null while there is nothing to serve. */
  @Nullable Service service() {
    return service;
  }

  boolean isDraining() {
    return draining;
  }

  /** Whether the service is on its way up, so that commands for it have to wait. */
  boolean isStarting() {
    return service != null && !service.isReady() && !draining;
  }

  /** Whether commands have to wait: for the service, or behind those that wait for it already. */
  boolean isHoldingBack() {
    return isStarting() || (service != null && !draining && !gate.isReady());
  }

  /** Whether nothing is under way and nobody is connected. */
  boolean isIdle(TenantState state) {
    return (service == null || service.isIdle()) && outbox.isIdle() && !(state instanceof Purging);
  }

  /** Goes on where the recovered state left off. */
  void recovered(TenantState state) {
    switch (state) {
      case Absent absent -> {}
      case Active active -> startService(active, false);
      case Suspended suspended -> startService(suspended, false);
      case Deleted deleted -> {}
      case Purging purging -> purge.start(purging);
    }
    if (state instanceof Present present && !(state instanceof Purging)) {
      list(present);
    }
  }

  private void list(Present state) {
    if (!outbox.holds(state)) {
      outbox.offer(replies.view(state, service), state, listed -> {});
    }
  }

  /** Puts in force what has changed; returns how long the edges may not know it. */
  Duration changed(TenantState after, List<TenantEvent> events) {
    Service serving = service;
    if (serving == null || !(after instanceof Present present)) {
      return Duration.ZERO;
    }
    for (TenantEvent event : events) {
      if (event instanceof KeyRevoked revoked) {
        serving.sessions().endKey(revoked.keyId(), SessionNotice.Reason.KEY_REVOKED);
      }
    }
    Quotas before = serving.tracker().quotas();
    serving.requota(present);
    return LimitChange.raises(before, serving.tracker().quotas())
        ? core.settings().denialMemory()
        : Duration.ZERO;
  }

  /** Does what entering another stage of life asks for. */
  void entered(TenantState before, TenantState after) {
    if (before.getClass() == after.getClass()) {
      return;
    }
    switch (after) {
      case Active active -> startService(active, before instanceof Absent);
      case Suspended suspended -> endSessions(SessionNotice.Reason.SUSPENDED);
      case Deleted deleted -> {
        endSessions(SessionNotice.Reason.DELETED);
        drain();
        drained(deleted);
      }
      case Purging purging -> drained(purging);
      case Absent absent -> purge.done();
    }
  }

  private void startService(Present state, boolean created) {
    if (service == null) {
      // Before the service reads the plans: who changes them tells those that are in memory.
      core.environment().hotTenants().add(core.tenantId(), core.hot());
      Service started = new Service(core, state);
      service = started;
      if (created) {
        started.startEmpty(state);
        ready();
      } else {
        gate.starting();
        started.ledger().start(state);
      }
      place =
          room()
              .enter(
                  core.lastUse(),
                  HotWeight.TENANT,
                  () -> core.self().tell(new TenantSignal.MakeRoom()));
    }
  }

  private HotRoom room() {
    return core.environment().hotTenants().room();
  }

  /** Says how many entries the tenant has now, and how much memory it needs. */
  void weigh() {
    if (service != null) {
      core.hot().holds(service.account().entries());
      if (place != null) {
        room().weigh(place, service.weight());
      }
    }
  }

  /** Whether the tenant may leave memory to make room: nobody would notice. */
  boolean mayMakeRoom(TenantState state) {
    return service != null
        && !draining
        && service.mayMakeRoom()
        && outbox.isIdle()
        && !(state instanceof Purging);
  }

  /** The tenant stays in memory although there is little room. */
  void stay() {
    if (place != null) {
      room().stay(place);
    }
  }

  /** The tenant is not in memory any more, or will not be soon. */
  void cool() {
    core.environment().hotTenants().remove(core.tenantId(), core.hot());
    if (place != null) {
      room().leave(place);
      place = null;
    }
  }

  private void endSessions(SessionNotice.Reason reason) {
    if (service != null) {
      service.sessions().endAll(reason);
    }
  }

  /** Takes note of how the start goes. */
  void starting(TenantState state, TenantSignal.OfStart signal) {
    switch (signal) {
      case TenantSignal.StartOver over -> gate.unavailable();
      case TenantSignal.StartAgain again -> startAgain(state);
      case TenantSignal.Started started -> ready();
    }
  }

  private void ready() {
    gate.ready();
    core.self().tell(new TenantSignal.MinuteOver());
  }

  private void startAgain(TenantState state) {
    if (service != null && !draining && state instanceof Present present) {
      service.ledger().start(present);
    }
  }

  /** Starts to stop the service, if there is one. */
  void drain() {
    core.environment().hotTenants().remove(core.tenantId(), core.hot());
    if (service != null && !draining) {
      draining = true;
      core.later(new TenantSignal.DrainOver(), core.settings().drainTimeout());
      service.drain();
    }
  }

  /** Starts to stop the maps of a tenant that has failed: they say what they cannot answer. */
  void stopMaps() {
    if (service != null && !draining) {
      core.later(new TenantSignal.DrainOver(), core.settings().drainTimeout());
      service.maps().stopAll();
    }
  }

  boolean haveMapsStopped() {
    return service == null || draining || service.maps().isEmpty();
  }

  /** Goes on after a part has stopped; returns whether none is left. */
  boolean drained(TenantState state) {
    if (service != null && !(draining && service.drained())) {
      return false;
    }
    cool();
    service = null;
    draining = false;
    if (state instanceof Purging purging) {
      purge.start(purging);
    }
    return true;
  }

  /** Tells the sessions that the tenant goes on in another place or at another time. */
  void leave() {
    if (service != null) {
      service.sessions().tellAll(new SessionNotice.Reopen(core.tenantId()));
    }
  }
}
