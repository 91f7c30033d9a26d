package io.atoll.faults.check;

import io.atoll.faults.history.Operation;
import io.atoll.faults.history.Outcome;
import io.atoll.faults.history.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A rate is exact: in no window is more admitted than the burst and what the rate gives meanwhile,
 * and one burst more for each time within it that the tenant has failed over.
 *
 * @param failovers from when the tenant's node was lost, or left without handing its rate on, until
 *     the tenant was where it belongs; on the clock of the spans
 */
public record ExactQuota(long burst, double ratePerSecond, List<Span> failovers) {
  private static final double NANOS = 1e9;

  public ExactQuota {
    failovers = List.copyOf(failovers);
  }

  /**
   * Checks the operations of one tenant that were admitted for certain; what was admitted counts in
   * a window that its whole span lies in. Takes time with the square of their number.
   */
  public Verdict check(List<Operation> operations) {
    List<Span> admitted =
        operations.stream()
            .filter(ExactQuota::admitted)
            .map(Operation::span)
            .sorted(Comparator.comparingLong(Span::completedAt))
            .toList();
    List<String> faults = new ArrayList<>();
    for (Span first : admitted) {
      addFault(first.invokedAt(), admitted, faults);
    }
    return Verdict.of(faults);
  }

  private void addFault(long from, List<Span> admitted, List<String> faults) {
    long count = 0;
    for (Span span : admitted) {
      if (span.invokedAt() >= from) {
        count++;
        double allowed = allowed(from, span.completedAt());
        if (count > allowed) {
          faults.add(
              "%d were admitted within %.3f s, %.1f allowed"
                  .formatted(count, (span.completedAt() - from) / NANOS, allowed));
          return;
        }
      }
    }
  }

  private double allowed(long from, long to) {
    Span window = new Span(from, to);
    long lost =
        failovers.stream().filter(it -> !it.precedes(window) && !window.precedes(it)).count();
    return burst * (1.0 + lost) + ratePerSecond * (to - from) / NANOS;
  }

  private static boolean admitted(Operation operation) {
    return admitted(operation.outcome());
  }

  private static boolean admitted(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Found found -> true;
      case Outcome.Written written -> true;
      case Outcome.Deleted deleted -> true;
      case Outcome.Absent absent -> true;
      case Outcome.Mismatch mismatch -> true;
      case Outcome.Refused refused -> false;
      case Outcome.Retried retried -> admitted(retried.answer());
      case Outcome.Unknown unknown -> false;
    };
  }
}
