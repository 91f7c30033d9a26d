package io.atoll.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The plans that operators have stored: the same for all nodes that share the store. Every change
 * takes the next revision, starting at 1. Thread-safe.
 */
public interface PlanStore {
  /** A plan, and the revision that its last change took. */
  record Stored(Plan plan, long revision) {}

  /** All stored plans as of one revision; 0 while there are none. */
  record Snapshot(long revision, List<Stored> plans) {
    /** Where nothing has ever been stored. */
    public static final Snapshot EMPTY = new Snapshot(0, List.of());

    public Snapshot {
      plans = List.copyOf(plans);
    }

    /** The plans after this one was kept as the next revision. */
    public Snapshot with(Plan plan) {
      List<Stored> changed = new ArrayList<>(plans);
      changed.removeIf(stored -> stored.plan().name().equals(plan.name()));
      changed.add(new Stored(plan, revision + 1));
      return new Snapshot(revision + 1, changed);
    }
  }

  /** The revision of the last change. */
  CompletionStage<Long> revision();

  /** All stored plans. */
  CompletionStage<Snapshot> read();

  /**
   * Keeps the plan, as the revision after {@code seen}, if that is still the last one. Completes
   * with whether it was, and then the plan is durable; after a failure it may be kept or not.
   */
  CompletionStage<Boolean> keep(Plan plan, long seen);
}
