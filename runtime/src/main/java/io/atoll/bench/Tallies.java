package io.atoll.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The tallies of each plan and kind of call. Not thread-safe. */
final class Tallies {
  private final List<Map<Kind, Tally>> plans = new ArrayList<>();

  Tallies(int count) {
    for (int plan = 0; plan < count; plan++) {
      Map<Kind, Tally> kinds = new EnumMap<>(Kind.class);
      for (Kind kind : Kind.values()) {
        kinds.put(kind, new Tally());
      }
      plans.add(kinds);
    }
  }

  void add(Call call, Outcome outcome, long nanos) {
    of(call.plan(), call.kind()).add(outcome, nanos);
  }

  void add(Tallies other) {
    for (int plan = 0; plan < plans.size(); plan++) {
      for (Kind kind : Kind.values()) {
        of(plan, kind).add(other.of(plan, kind));
      }
    }
  }

  Tally ofKind(Kind kind) {
    Tally sum = new Tally();
    for (int plan = 0; plan < plans.size(); plan++) {
      sum.add(of(plan, kind));
    }
    return sum;
  }

  Tally ofPlan(int plan) {
    Tally sum = new Tally();
    plans.get(plan).values().forEach(sum::add);
    return sum;
  }

  Tally all() {
    Tally sum = new Tally();
    plans.forEach(plan -> plan.values().forEach(sum::add));
    return sum;
  }

  @SuppressWarnings("NullAway") // every plan has a tally of each kind
  private Tally of(int plan, Kind kind) {
    return plans.get(plan).get(kind);
  }
}
