package io.atoll.tenant;

import io.atoll.map.Idempotency;
import io.atoll.map.MapCommand;
import io.atoll.map.OperateReply.Outcomes;
import io.atoll.map.OperateReply.Rejected;
import io.atoll.map.Operation;
import io.atoll.map.Outcome;
import io.atoll.map.WatchReply;
import io.atoll.quota.Denial;
import io.atoll.quota.QuotaTracker;
import io.atoll.refusal.Refusal;
import io.atoll.tenant.TenantCommand.Operate;
import io.atoll.tenant.TenantState.Present;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Admits operations against all quotas of the tenant and hands them to its maps. An operation that
 * changes which maps there are needs an event first: its plan is given back, to be carried out when
 * the event is durable.
 */
final class Admission {
  private final TenantCore core;
  private final Service service;

  /** Empty, and not to be changed, while no map is being dropped. */
  private Map<String, List<Consumer<Outcome>>> drops = Map.of();

  Admission(TenantCore core, Service service) {
    this.core = core;
    this.service = service;
  }

  /** Admits and hands on the request. Returns what has to be persisted first, null for nothing. */
  @Nullable OperatePlan operate(Present state, Operate request) {
    core.hot().asked(request.operations().size());
    long at = core.now();
    Refusal refusal = refusal(state, request.caller(), at);
    if (refusal != null) {
      request.replyTo().tell(rejected(request, refusal, false));
      return null;
    }
    long now = core.nanos();
    settle(now);
    Denial denial = request.continued() ? null : service.tracker().request(now);
    if (denial != null) {
      service.meter().rejected(at, request.operations().size());
      request.replyTo().tell(rejected(request, Refusal.of(core.tenantId(), denial), true));
      return null;
    }
    service.uses().note(request.caller().keyId(), at);
    return request.promise() == null
        ? admitted(state, request, now)
        : promised(state, request, request.promise(), now);
  }

  private @Nullable OperatePlan promised(
      Present state, Operate request, Idempotency promise, long now) {
    return switch (ReceiptRules.promise(state, promise, core.situation())) {
      case ReceiptRules.Promise.Broken broken -> {
        request.replyTo().tell(rejected(request, Refusals.IDEMPOTENCY_CONFLICT, true));
        yield null;
      }
      case ReceiptRules.Promise.Known known -> admitted(state, request, now);
      case ReceiptRules.Promise.New made ->
          rules(state, new Outcome[request.operations().size()], gate(state.tenant(), now, false))
              .plan(request.operations())
              .after(made.event());
    };
  }

  private @Nullable OperatePlan admitted(Present state, Operate request, long now) {
    String map = onlyMap(state.tenant(), request.operations());
    return map == null
        ? plan(
            state,
            request,
            new Outcome[request.operations().size()],
            gate(state.tenant(), now, false))
        : onOneMap(state, request, map, now);
  }

  /** Admits a watch and hands it to its map. */
  void watch(Present state, TenantCommand.Watch watch) {
    Refusal refusal = refusal(state, watch.caller(), core.now());
    if (refusal == null) {
      refusal = admit(state, watch);
    }
    if (refusal != null) {
      watch
          .subscriber()
          .tell(new WatchReply.Ended(watch.watchId(), WatchReply.Reason.REFUSED, refusal));
      return;
    }
    service
        .maps()
        .tell(
            watch.map(),
            generation(state.tenant(), watch.map()),
            new MapCommand.OpenWatch(
                watch.watchId(), watch.prefix(), watch.since(), watch.subscriber()));
  }

  private @Nullable Refusal admit(Present state, TenantCommand.Watch watch) {
    long now = core.nanos();
    long bytesIn = watch.prefix().length();
    settle(now);
    Denial denial = service.tracker().request(now);
    if (denial == null) {
      denial = service.tracker().operation(bytesIn, now);
    }
    if (denial != null) {
      service.meter().rejected(core.now(), 1);
      return Refusal.of(core.tenantId(), denial);
    }
    service.uses().note(watch.caller().keyId(), core.now());
    service.meter().read(core.now(), bytesIn);
    return isLive(state.tenant(), watch.map()) ? null : Refusals.MAP_NOT_FOUND;
  }

  private @Nullable Refusal refusal(Present state, Caller caller, long at) {
    Refusal life = Refusals.ofLife(state);
    return life == null ? KeyRules.check(state.tenant().keys(), caller, at) : life;
  }

  /** Debits and gives back what the maps have done since the last request. */
  void settle(long now) {
    QuotaTracker tracker = service.tracker();
    long read = service.account().drainReadBytes();
    if (read > 0) {
      tracker.bytesRead(read, now);
    }
    long unused = service.account().drainUnusedOperations();
    if (unused > 0) {
      tracker.giveBack(unused, now);
    }
  }

  private Rejected rejected(Operate request, Refusal refusal, boolean withRate) {
    return new Rejected(
        core.tenantId(),
        request.correlation(),
        refusal,
        withRate ? service.tracker().rateStatus(core.nanos()) : null);
  }

  /** The live map that all operations are on; null if they are not on one. */
  private @Nullable String onlyMap(Tenant tenant, List<Operation> operations) {
    String only = null;
    for (int i = 0; i < operations.size(); i++) {
      if (!(operations.get(i) instanceof Operation.OnMap onMap)) {
        return null;
      }
      if (only != null && !only.equals(onMap.map())) {
        return null;
      }
      only = onMap.map();
    }
    return only != null && isLive(tenant, only) ? only : null;
  }

  private @Nullable OperatePlan onOneMap(Present state, Operate request, String map, long now) {
    List<Operation> operations = request.operations();
    Outcome[] refused = null;
    for (int i = 0; i < operations.size(); i++) {
      Denial denial = service.tracker().operation(operations.get(i).bytesIn(), now);
      if (denial != null) {
        refused = refused == null ? new Outcome[operations.size()] : refused;
        refused[i] = new Outcome.Refused(Refusal.of(core.tenantId(), denial));
      }
    }
    if (refused != null) {
      return plan(state, request, refused, gate(state.tenant(), now, true));
    }
    hand(state.tenant(), request, map, Positions.all(operations.size()), onMap(operations), now);
    return null;
  }

  private @Nullable OperatePlan plan(
      Present state, Operate request, Outcome[] refused, OperateRules.Gate gate) {
    OperatePlan plan = rules(state, refused, gate).plan(request.operations());
    if (!plan.events().isEmpty()) {
      return plan;
    }
    carryOut(state.tenant(), request, plan);
    return null;
  }

  private OperateRules rules(Present state, Outcome[] refused, OperateRules.Gate gate) {
    return new OperateRules(
        state.tenant(), core.situation(), service.tracker().quotas(), gate, refused);
  }

  /** Carries out a plan whose events are durable. */
  void carryOut(Tenant tenant, Operate request, OperatePlan plan) {
    long now = core.nanos();
    for (OperatePlan.Step step : plan.steps()) {
      switch (step) {
        case OperatePlan.Hand hand ->
            hand(tenant, request, hand.map(), hand.positionArray(), hand.operations(), now);
        case OperatePlan.Drop drop -> drop(request, drop);
        case OperatePlan.ListAll list -> listMaps(tenant, request, list.position());
      }
    }
    answerKnown(request, plan.outcomes());
  }

  private void hand(
      Tenant tenant,
      Operate request,
      String map,
      int[] positions,
      List<Operation.OnMap> operations,
      long now) {
    service
        .maps()
        .tell(
            map,
            generation(tenant, map),
            new MapCommand.Apply(
                request.correlation(),
                positions,
                operations,
                service.tier(),
                service.tracker().rateStatus(now),
                request.replyTo()));
  }

  private void listMaps(Tenant tenant, Operate request, int position) {
    service.meter().read(core.now(), 0);
    service.fresh(() ->
        answer(
            request,
            new int[] {position},
            List.of(new Outcome.MapsListed(service.listMaps(tenant)))));
  }

  private void drop(Operate request, OperatePlan.Drop drop) {
    if (drops.isEmpty()) {
      drops = new HashMap<>();
    }
    drops
        .computeIfAbsent(drop.map(), map -> new ArrayList<>())
        .add(outcome -> answer(request, new int[] {drop.position()}, List.of(outcome)));
    service.maps().tell(drop.map(), drop.generation(), new MapCommand.Clear(drop.generation()));
  }

  /** Answers those who dropped the map. */
  void cleared(String map) {
    List<Consumer<Outcome>> waiting = drops.isEmpty() ? null : drops.remove(map);
    if (waiting != null) {
      waiting.forEach(answer -> answer.accept(new Outcome.Removed()));
    }
  }

  /** Says to all that have dropped a map that it may or may not have happened. */
  void refuseDrops() {
    drops
        .values()
        .forEach(each ->
            each.forEach(answer -> answer.accept(new Outcome.Refused(Refusals.UNAVAILABLE))));
    drops = Map.of();
  }

  /** Whether the answer to a drop is still to come. */
  boolean isDropping() {
    return !drops.isEmpty();
  }

  private void answerKnown(Operate request, @Nullable Outcome[] outcomes) {
    List<Outcome> known = new ArrayList<>();
    int[] positions = new int[outcomes.length];
    int bytes = 0;
    for (int i = 0; i < outcomes.length; i++) {
      Outcome outcome = outcomes[i];
      if (outcome != null) {
        meter(request.operations().get(i), outcome);
        bytes += outcome.sentBytes();
        if (bytes > Outcomes.MOST_BYTES && !known.isEmpty()) {
          answer(request, Arrays.copyOf(positions, known.size()), known);
          known = new ArrayList<>();
          bytes = outcome.sentBytes();
        }
        positions[known.size()] = i;
        known.add(outcome);
      }
    }
    if (!known.isEmpty() || outcomes.length == 0) {
      answer(request, Arrays.copyOf(positions, known.size()), known);
    }
  }

  /** Meters what no map answers; a drop that is known to be done gives its first answer again. */
  private void meter(Operation operation, Outcome outcome) {
    long at = core.now();
    if (outcome instanceof Outcome.Refused refused && refused.refusal().denial() != null) {
      service.meter().rejected(at, 1);
      return;
    }
    switch (operation) {
      case Operation.Write write -> service.meter().write(at, 1, write.bytesIn(), 0);
      case Operation.DropMap drop when outcome instanceof Outcome.Removed ->
          service.meter().read(at, 0);
      case Operation.DropMap drop -> service.meter().write(at, 1, 0, 0);
      case Operation.Get get -> service.meter().read(at, get.bytesIn());
      case Operation.Scan scan -> service.meter().read(at, scan.bytesIn());
      case Operation.ListMaps list -> service.meter().read(at, 0);
    }
  }

  private void answer(Operate request, int[] positions, List<Outcome> outcomes) {
    request
        .replyTo()
        .tell(
            new Outcomes(
                core.tenantId(),
                request.correlation(),
                positions,
                outcomes,
                service.tier(),
                service.tracker().rateStatus(core.nanos())));
  }

  private OperateRules.Gate gate(Tenant tenant, long now, boolean admitted) {
    return new OperateRules.Gate() {
      @Override
      public @Nullable Denial admit(Operation operation) {
        return admitted ? null : service.tracker().operation(operation.bytesIn(), now);
      }

      @Override
      public @Nullable Denial room(long bytes) {
        Denial denial = service.room(bytes);
        if (denial != null) {
          service.capReached(tenant);
        }
        return denial;
      }
    };
  }

  private boolean isLive(Tenant tenant, String map) {
    MapSlot slot = service.maps().slot(tenant.maps(), map);
    return slot != null && slot.live();
  }

  private long generation(Tenant tenant, String map) {
    MapSlot slot = service.maps().slot(tenant.maps(), map);
    return slot == null ? MapSlot.NEW.generation() : slot.generation();
  }

  @SuppressWarnings("unchecked") // every operation was seen to be on a map
  private static List<Operation.OnMap> onMap(List<Operation> operations) {
    return (List<Operation.OnMap>) (List<?>) operations;
  }
}
