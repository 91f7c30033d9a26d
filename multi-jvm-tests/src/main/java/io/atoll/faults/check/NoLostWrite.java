package io.atoll.faults.check;

import io.atoll.faults.history.Action;
import io.atoll.faults.history.Entry;
import io.atoll.faults.history.Operation;
import io.atoll.faults.history.Outcome;
import io.atoll.faults.history.Outcome.Certainty;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was acknowledged is there in the end, or what followed it: no write is lost, no deleted
 * entry comes back, and nothing is there that nobody has written.
 */
public final class NoLostWrite {
  private static final long NEVER = Long.MAX_VALUE;

  private NoLostWrite() {}

  /**
   * Checks a history against what the entries were found to hold after it; entries that are not in
   * {@code found} were found absent.
   */
  public static Verdict check(List<Operation> operations, Map<Entry, Outcome.Found> found) {
    Map<Entry, List<Operation>> writes =
        operations.stream()
            .filter(it -> it.action().writes() && it.outcome().certainty() != Certainty.FAILED)
            .collect(Collectors.groupingBy(Operation::entry));
    List<String> faults = new ArrayList<>();
    writes.forEach((entry, its) -> fault(its, found.get(entry)).ifPresent(faults::add));
    found.keySet().stream()
        .filter(entry -> !writes.containsKey(entry))
        .forEach(entry -> faults.add("nobody has written " + entry));
    return Verdict.of(faults);
  }

  private static Optional<String> fault(List<Operation> writes, Outcome.@Nullable Found found) {
    return found == null ? faultOfAbsent(writes) : faultOfFound(writes, found);
  }

  /** Some delete must be the last one. */
  private static Optional<String> faultOfAbsent(List<Operation> writes) {
    long lastDelete =
        writes.stream()
            .filter(it -> it.action() instanceof Action.Delete)
            .mapToLong(NoLostWrite::end)
            .max()
            .orElse(Long.MIN_VALUE);
    return latest(writes.stream().filter(it -> !(it.action() instanceof Action.Delete)))
        .filter(write -> write.span().invokedAt() > lastDelete)
        .map(write -> "lost: " + write);
  }

  private static Optional<String> faultOfFound(List<Operation> writes, Outcome.Found found) {
    Optional<Operation> writer =
        writes.stream().filter(it -> found.value().equals(value(it.action()))).findFirst();
    if (writer.isEmpty()) {
      return Optional.of("nobody has written %s".formatted(found));
    }
    return supersededBy(writer.get(), writes, found);
  }

  private static Optional<String> supersededBy(
      Operation writer, List<Operation> writes, Outcome.Found found) {
    Optional<String> later =
        latest(writes.stream().filter(it -> !it.equals(writer)))
            .filter(write -> write.span().invokedAt() > end(writer))
            .map(write -> "%s came back after %s".formatted(found, write));
    return later.or(() -> {
      long highest = writes.stream().mapToLong(NoLostWrite::version).max().orElse(0);
      return found.version() < highest || differs(writer, found)
          ? Optional.of("%s is left, but version %d was given".formatted(found, highest))
          : Optional.empty();
    });
  }

  private static boolean differs(Operation writer, Outcome.Found found) {
    return version(writer) > 0 && version(writer) != found.version();
  }

  /** Of the acknowledged ones the one that began last. */
  private static Optional<Operation> latest(Stream<Operation> writes) {
    return writes
        .filter(Operation::acknowledged)
        .max(Comparator.comparingLong(it -> it.span().invokedAt()));
  }

  /** Until when it may have taken effect. */
  private static long end(Operation write) {
    return write.unsure() ? NEVER : write.span().completedAt();
  }

  private static long version(Operation write) {
    return write.outcome() instanceof Outcome.Written written ? written.version() : 0;
  }

  private static @Nullable String value(Action action) {
    return switch (action) {
      case Action.Set set -> set.value();
      case Action.CompareAndSet set -> set.value();
      case Action.Get get -> null;
      case Action.Delete delete -> null;
    };
  }
}
