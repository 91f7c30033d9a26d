package io.atoll.faults.check;

import io.atoll.faults.history.Action;
import io.atoll.faults.history.Operation;
import io.atoll.faults.history.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tries every order of a tiny history of one entry, with each of the unknown writes and without.
 */
final class BruteForce {
  /** The value that is held, its version (0 where nobody has seen it), the highest so far. */
  private record Held(String value, long version, long highest) {}

  private final Map<String, Long> versions = new HashMap<>();

  private BruteForce() {}

  static boolean accepts(List<Operation> operations) {
    BruteForce force = new BruteForce();
    return operations.stream().allMatch(force::learn)
        && force.orders(new ArrayList<>(operations), new Held(null, 0, 0));
  }

  private boolean learn(Operation operation) {
    return switch (operation.outcome()) {
      case Outcome.Found found -> sameVersion(found.value(), found.version());
      case Outcome.Written written -> sameVersion(value(operation.action()), written.version());
      default -> true;
    };
  }

  private boolean sameVersion(String value, long version) {
    Long known = versions.putIfAbsent(value, version);
    return known == null || known == version;
  }

  private boolean orders(List<Operation> left, Held held) {
    if (left.stream().allMatch(it -> it.outcome() instanceof Outcome.Unknown)) {
      return true;
    }
    for (Operation next : List.copyOf(left)) {
      if (left.stream().noneMatch(it -> ended(it) && it.span().precedes(next.span()))) {
        Held after = after(next, held);
        if (after != null) {
          List<Operation> rest = new ArrayList<>(left);
          rest.remove(next);
          if (orders(rest, after)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static boolean ended(Operation operation) {
    return !(operation.outcome() instanceof Outcome.Unknown);
  }

  private Held after(Operation operation, Held held) {
    boolean absent = held.value() == null;
    return switch (operation.action()) {
      case Action.Get get ->
          operation.outcome() instanceof Outcome.Found found
              ? found.value().equals(held.value()) ? held : null
              : absent || !ended(operation) ? held : null;
      case Action.Set set -> written(set.value(), held);
      case Action.CompareAndSet set -> {
        boolean fits = set.version() == 0 ? absent : !absent && set.version() == held.version();
        yield operation.outcome() instanceof Outcome.Mismatch
            ? fits ? null : held
            : fits ? written(set.value(), held) : null;
      }
      case Action.Delete delete ->
          operation.outcome() instanceof Outcome.Absent
              ? absent ? held : null
              : absent ? null : new Held(null, 0, held.highest());
    };
  }

  private Held written(String value, Held held) {
    long version = versions.getOrDefault(value, 0L);
    if (version != 0 && version <= held.highest()) {
      return null;
    }
    return new Held(value, version, Math.max(version, held.highest()));
  }

  private static String value(Action action) {
    return switch (action) {
      case Action.Set set -> set.value();
      case Action.CompareAndSet set -> set.value();
      case Action.Get get -> null;
      case Action.Delete delete -> null;
    };
  }
}
