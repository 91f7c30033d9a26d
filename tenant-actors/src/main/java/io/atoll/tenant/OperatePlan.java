package io.atoll.tenant;

import io.atoll.map.Operation;
import io.atoll.map.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an admitted request leads to: events to persist first, then steps in order, and the outcomes
 * that the tenant knows by itself ({@code outcomes[i]} is null where a map or a drop will tell).
 */
record OperatePlan(List<TenantEvent> events, List<Step> steps, @Nullable Outcome[] outcomes) {

  /** This plan with one event more, before all others. */
  OperatePlan after(TenantEvent event) {
    List<TenantEvent> all = new ArrayList<>(events.size() + 1);
    all.add(event);
    all.addAll(events);
    return new OperatePlan(all, steps, outcomes);
  }

  /** Something to do. */
  sealed interface Step {}

  /** Operations for the map, at these positions of the request. */
  record Hand(String map, List<Integer> positions, List<Operation.OnMap> operations)
      implements Step {
    /** The positions as the map takes them. */
    int[] positionArray() {
      return positions.stream().mapToInt(Integer::intValue).toArray();
    }
  }

  /** The listing of all maps, at this position of the request. */
  record ListAll(int position) implements Step {}

  /** The drop of the map, at this position of the request. */
  record Drop(String map, int position, long generation) implements Step {}
}
