package io.atoll.faults.check;

import io.atoll.faults.history.Operation;
import io.atoll.faults.history.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How well the requests of one tenant were served.
 *
 * @param failed requests without an answer, or with one of the server's failures
 * @param retries attempts after the first one of a request
 * @param p99 99 of 100 answers came within this time
 * @param slowest all answers came within this time
 * @param longestOutage the longest time from one success to the next, the ends of the run included
 */
public record Availability(
    long requests,
    long failed,
    long retries,
    Duration p99,
    Duration slowest,
    Duration longestOutage) {
  /** The figures of these operations of one tenant, who has called all the time. */
  public static Availability of(List<Operation> operations) {
    List<Operation> answered = operations.stream().filter(Availability::answered).toList();
    return new Availability(
        operations.size(),
        operations.size() - answered.size(),
        operations.stream().mapToLong(it -> it.attempts() - 1).sum(),
        Duration.ofNanos(quantile(answered, 0.99)),
        Duration.ofNanos(quantile(answered, 1)),
        Duration.ofNanos(longestOutage(operations, answered)));
  }

  /** Those of the operations that have failed. */
  public static List<Operation> failures(List<Operation> operations) {
    return operations.stream().filter(it -> !answered(it)).toList();
  }

  /** Compares with the bounds. */
  public Verdict within(Bounds bounds) {
    List<String> faults = new ArrayList<>();
    if (failed > bounds.failed()) {
      faults.add("%d requests have failed, %d allowed".formatted(failed, bounds.failed()));
    }
    if (p99.compareTo(bounds.p99()) > 0) {
      faults.add("p99 is %s, %s allowed".formatted(p99, bounds.p99()));
    }
    if (longestOutage.compareTo(bounds.outage()) > 0) {
      faults.add("no success for %s, %s allowed".formatted(longestOutage, bounds.outage()));
    }
    return Verdict.of(faults);
  }

  /** The most that is allowed. */
  public record Bounds(long failed, Duration p99, Duration outage) {}

  private static boolean answered(Operation operation) {
    return answered(operation.outcome());
  }

  private static boolean answered(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Refused refused -> !refused.code().equals(Outcome.Refused.NOT_SENT);
      case Outcome.Retried retried -> answered(retried.answer());
      case Outcome.Unknown unknown -> false;
      case Outcome.Found found -> true;
      case Outcome.Written written -> true;
      case Outcome.Deleted deleted -> true;
      case Outcome.Absent absent -> true;
      case Outcome.Mismatch mismatch -> true;
    };
  }

  private static long quantile(List<Operation> answered, double share) {
    long[] nanos = answered.stream().mapToLong(it -> it.span().nanos()).sorted().toArray();
    return nanos.length == 0 ? 0 : nanos[(int) Math.ceil(nanos.length * share) - 1];
  }

  private static long longestOutage(List<Operation> all, List<Operation> answered) {
    if (all.isEmpty()) {
      return 0;
    }
    long[] times = new long[answered.size() + 2];
    times[0] = all.stream().mapToLong(it -> it.span().invokedAt()).min().orElseThrow();
    times[1] = all.stream().mapToLong(it -> it.span().completedAt()).max().orElseThrow();
    for (int i = 0; i < answered.size(); i++) {
      times[i + 2] = answered.get(i).span().completedAt();
    }
    Arrays.sort(times);
    long longest = 0;
    for (int i = 1; i < times.length; i++) {
      longest = Math.max(longest, times[i] - times[i - 1]);
    }
    return longest;
  }
}
