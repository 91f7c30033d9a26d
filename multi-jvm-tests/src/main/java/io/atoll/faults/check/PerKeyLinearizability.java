package io.atoll.faults.check;

import io.atoll.faults.history.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Each entry behaves as one register that does one thing at a time, each between the call and the
 * answer: reads, writes, deletes and compare-and-set by version, whose versions grow. What is
 * unknown may take effect at any time after the call, or never.
 */
public final class PerKeyLinearizability {
  private PerKeyLinearizability() {}

  /** Checks each entry, which was absent at first; undecided when the bound is over before. */
  public static Verdict check(List<Operation> operations, Duration bound) {
    long deadline = System.nanoTime() + bound.toNanos();
    Map<String, List<Operation>> byEntry =
        operations.stream()
            .collect(
                Collectors.groupingBy(
                    it -> it.entry().toString(), TreeMap::new, Collectors.toList()));
    List<String> faults = new ArrayList<>();
    List<String> undecided = new ArrayList<>();
    byEntry.forEach((entry, its) -> {
      switch (checkOne(its, deadline)) {
        case Verdict.Holds holds -> {}
        case Verdict.Broken broken -> faults.addAll(broken.faults());
        case Verdict.Undecided open -> undecided.add(entry + ": " + open.why());
      }
    });
    return faults.isEmpty() && !undecided.isEmpty()
        ? new Verdict.Undecided(String.join("; ", undecided))
        : Verdict.of(faults);
  }

  private static Verdict checkOne(List<Operation> operations, long deadline) {
    Steps steps = Steps.of(operations);
    return steps.faults().isEmpty()
        ? new RegisterSearch(steps).run(deadline)
        : Verdict.of(steps.faults());
  }
}
