package io.atoll.faults.check;

import io.atoll.faults.history.Action;
import io.atoll.faults.history.Operation;
import io.atoll.faults.history.Outcome;
import io.atoll.faults.history.Outcome.Certainty;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The steps of one entry's history: those that have been taken, and those that may have been, both
 * in the order of their calls. Values are unique, so a version belongs to one write, wherever it
 * was seen. {@code faults} are what no order can explain.
 */
record Steps(List<Step> taken, List<Step> possible, List<String> faults) {
  static Steps of(List<Operation> operations) {
    Reading reading = new Reading();
    operations.forEach(reading::learn);
    List<Step> taken = new ArrayList<>();
    List<Step> possible = new ArrayList<>();
    operations.stream()
        .sorted(Comparator.comparingLong(it -> it.span().invokedAt()))
        .forEach(it ->
            reading
                .effect(it)
                .map(effect -> new Step(it, effect))
                .ifPresent((it.unsure() ? possible : taken)::add));
    return new Steps(taken, possible, reading.faults);
  }

  /** Gives numbers to writes and finds out their versions. */
  private static final class Reading {
    private final Map<String, Integer> writes = new HashMap<>();
    private final Map<String, Long> versions = new HashMap<>();
    private final Map<Long, String> values = new HashMap<>();
    private final List<String> faults = new ArrayList<>();

    void learn(Operation operation) {
      switch (operation.action()) {
        case Action.Set set -> learn(operation, set.value());
        case Action.CompareAndSet set -> learn(operation, set.value());
        case Action.Get get -> {
          if (operation.outcome() instanceof Outcome.Found found) {
            learn(found.value(), found.version());
          }
        }
        case Action.Delete delete -> {}
      }
    }

    private void learn(Operation operation, String value) {
      writes.put(value, writes.size() + 1);
      if (operation.outcome() instanceof Outcome.Written written) {
        learn(value, written.version());
      }
    }

    private void learn(String value, long version) {
      Long other = versions.putIfAbsent(value, version);
      String another = values.putIfAbsent(version, value);
      if ((other != null && other != version) || (another != null && !another.equals(value))) {
        faults.add("version %d of %s was given otherwise".formatted(version, value));
      }
    }

    Optional<Step.Effect> effect(Operation operation) {
      return switch (operation.action()) {
        case Action.Get get -> read(operation);
        case Action.Set set -> happened(operation).map(it -> write(set.value()));
        case Action.CompareAndSet set -> compareAndSet(operation, set);
        case Action.Delete delete ->
            operation.outcome() instanceof Outcome.Absent
                ? Optional.of(new Step.Effect.Read(Step.ABSENT))
                : happened(operation).map(it -> new Step.Effect.Remove());
      };
    }

    private Optional<Step.Effect> read(Operation operation) {
      if (operation.outcome() instanceof Outcome.Found found) {
        int write = writes.getOrDefault(found.value(), Step.NOBODY);
        return Optional.of(new Step.Effect.Read(write));
      }
      return operation.outcome() instanceof Outcome.Absent
          ? Optional.of(new Step.Effect.Read(Step.ABSENT))
          : Optional.empty();
    }

    private Optional<Step.Effect> compareAndSet(Operation operation, Action.CompareAndSet set) {
      int expected = holder(set.version());
      return operation.outcome() instanceof Outcome.Mismatch
          ? Optional.of(new Step.Effect.Other(expected))
          : happened(operation).map(it -> new Step.Effect.WriteOver(write(set.value()), expected));
    }

    private int holder(long version) {
      if (version == 0) {
        return Step.ABSENT;
      }
      String value = values.get(version);
      return value == null ? Step.NOBODY : writes.getOrDefault(value, Step.NOBODY);
    }

    /** Writes whose values nobody has seen are all alike. */
    private Step.Effect.Write write(String value) {
      return versions.containsKey(value)
          ? new Step.Effect.Write(writes.getOrDefault(value, Step.NOBODY), versions.get(value))
          : new Step.Effect.Write(Step.UNSEEN, 0);
    }

    /** The operation unless it has had no effect. */
    private static Optional<Operation> happened(Operation operation) {
      return Optional.of(operation).filter(it -> it.outcome().certainty() != Certainty.FAILED);
    }
  }
}
