package io.atoll.tenant;

import io.atoll.map.Idempotency;
import io.atoll.map.Operation;
import io.atoll.map.Outcome;
import io.atoll.quota.Denial;
import io.atoll.quota.Quota;
import io.atoll.quota.Quotas;
import io.atoll.refusal.Refusal;
import io.atoll.tenant.OperatePlan.Drop;
import io.atoll.tenant.OperatePlan.Hand;
import io.atoll.tenant.OperatePlan.Step;
import io.atoll.tenant.TenantEvent.MapCreated;
import io.atoll.tenant.TenantEvent.MapDropped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/**
 * Plans one request over the tenant's maps: which map takes which operations, which maps come into
 * being or go, and what needs no map at all. Operations on one map keep their order. Used once.
 */
final class OperateRules {
  private final Tenant tenant;
  private final Situation situation;
  private final Quotas quotas;
  private final Gate gate;
  private final List<TenantEvent> events = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private final Map<String, Hand> open = new HashMap<>();
  private final Map<String, MapSlot> changed = new HashMap<>();
  private final Outcome[] outcomes;
  private long liveMaps;

  /** What the rules ask of what is only in memory. */
  interface Gate {
    /** Admits the operation, all or none, unless it was admitted before. */
    @Nullable Denial admit(Operation operation);

    /** Whether one more entry of this many bytes would pass the caps. */
    @Nullable Denial room(long bytes);
  }

  /** {@code refused} holds the outcome of each operation that was refused before, else null. */
  OperateRules(Tenant tenant, Situation situation, Quotas quotas, Gate gate, Outcome[] refused) {
    this.tenant = tenant;
    this.situation = situation;
    this.quotas = quotas;
    this.gate = gate;
    this.outcomes = refused;
    this.liveMaps = tenant.liveMaps();
  }

  OperatePlan plan(List<Operation> operations) {
    for (int i = 0; i < operations.size(); i++) {
      if (outcomes[i] == null) {
        place(operations.get(i), i);
      }
    }
    return new OperatePlan(events, steps, outcomes);
  }

  private void place(Operation operation, int position) {
    switch (operation) {
      case Operation.ListMaps list -> listMaps(list, position);
      case Operation.DropMap drop -> drop(drop, position);
      case Operation.OnMap onMap -> place(onMap, position);
    }
  }

  private void listMaps(Operation.ListMaps list, int position) {
    if (isAdmitted(list, position)) {
      steps.add(new OperatePlan.ListAll(position));
    }
  }

  private void place(Operation.OnMap operation, int position) {
    boolean live = isLive(operation.map());
    Denial cap = !live && isFirstWrite(operation) ? capDenial(operation) : null;
    if (cap != null) {
      outcomes[position] = refused(cap);
    } else if (isAdmitted(operation, position)) {
      placeAdmitted(operation, position, live);
    }
  }

  private void placeAdmitted(Operation.OnMap operation, int position, boolean live) {
    if (live) {
      hand(operation, position);
    } else if (isFirstWrite(operation)) {
      create(operation.map());
      hand(operation, position);
    } else {
      outcomes[position] = new Outcome.Refused(refusalWithoutMap(operation));
    }
  }

  private boolean isAdmitted(Operation operation, int position) {
    Denial denial = gate.admit(operation);
    if (denial != null) {
      outcomes[position] = refused(denial);
    }
    return denial == null;
  }

  private Outcome refused(Denial denial) {
    return new Outcome.Refused(Refusal.of(situation.tenantId(), denial));
  }

  private static boolean isFirstWrite(Operation.OnMap operation) {
    return operation instanceof Operation.Set set && !needsEntry(set);
  }

  private static boolean needsEntry(Operation.Write write) {
    return write.ifVersion() > 0 || write.ifVersion() == Operation.PRESENT;
  }

  private @Nullable Denial capDenial(Operation operation) {
    Denial maps = quotas.check(Quota.MAPS, liveMaps, 1);
    return maps == null ? gate.room(operation.bytesIn()) : maps;
  }

  private static Refusal refusalWithoutMap(Operation.OnMap operation) {
    return switch (operation) {
      case Operation.Get get -> Refusals.ENTRY_NOT_FOUND;
      case Operation.Scan scan -> Refusals.MAP_NOT_FOUND;
      case Operation.Write write ->
          needsEntry(write) ? Refusals.VERSION_MISMATCH : Refusals.ENTRY_NOT_FOUND;
    };
  }

  private void create(String map) {
    MapSlot present = slot(map);
    MapSlot slot = present == null ? MapSlot.NEW : present.created();
    changed.put(map, slot);
    liveMaps++;
    events.add(new MapCreated(situation.now(), map, slot.generation()));
  }

  private void drop(Operation.DropMap drop, int position) {
    if (!isAdmitted(drop, position)) {
      return;
    }
    Outcome again = repeated(drop.idempotency());
    MapSlot slot = slot(drop.map());
    if (again != null) {
      outcomes[position] = again;
    } else if (slot == null || !slot.live()) {
      outcomes[position] = new Outcome.Refused(Refusals.MAP_NOT_FOUND);
    } else {
      long generation = slot.generation() + 1;
      Receipt receipt = ReceiptRules.receipt(drop.idempotency(), new Receipt.Done(), situation);
      changed.put(drop.map(), slot.dropped(generation));
      liveMaps--;
      open.remove(drop.map());
      events.add(new MapDropped(situation.now(), drop.map(), generation, receipt));
      steps.add(new Drop(drop.map(), position, generation));
    }
  }

  private @Nullable Outcome repeated(@Nullable Idempotency idempotency) {
    return ReceiptRules.repeated(new TenantState.Active(1, tenant), idempotency, situation)
        .map(decision ->
            decision.answer() instanceof Decision.Say say
                    && say.reply() instanceof TenantReply.Accepted
                ? new Outcome.Removed()
                : new Outcome.Refused(Refusals.IDEMPOTENCY_CONFLICT))
        .orElse(null);
  }

  private void hand(Operation.OnMap operation, int position) {
    Hand hand =
        open.computeIfAbsent(
            operation.map(),
            map -> {
              Hand opened = new Hand(map, new ArrayList<>(), new ArrayList<>());
              steps.add(opened);
              return opened;
            });
    hand.positions().add(position);
    hand.operations().add(operation);
  }

  private boolean isLive(String map) {
    MapSlot slot = slot(map);
    return slot != null && slot.live();
  }

  private @Nullable MapSlot slot(String map) {
    MapSlot slot = changed.get(map);
    TreePMap<String, MapSlot> maps = tenant.maps();
    return slot == null ? maps.get(map) : slot;
  }
}
