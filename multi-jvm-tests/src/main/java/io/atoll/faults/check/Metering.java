package io.atoll.faults.check;

import io.atoll.faults.history.Operation;
import io.atoll.faults.history.Outcome;
import java.util.List;

/**
 * Writes are metered once: never fewer than were acknowledged, never more than could have happened.
 */
public final class Metering {
  private Metering() {}

  /** Checks the writes that the usage of this tenant shows against those of the history. */
  public static Verdict check(String tenant, List<Operation> operations, long metered) {
    List<Operation> writes =
        operations.stream()
            .filter(it -> it.entry().tenant().equals(tenant) && it.action().writes())
            .toList();
    long acknowledged = writes.stream().filter(Operation::acknowledged).count();
    long possible = writes.stream().mapToLong(Metering::most).sum();
    return metered >= acknowledged && metered <= possible
        ? new Verdict.Holds()
        : new Verdict.Broken(
            List.of(
                "%s: %d writes are metered, %d were acknowledged, %d possible"
                    .formatted(tenant, metered, acknowledged, possible)));
  }

  /** What found nothing to change counts when it is admitted, and may be admitted again. */
  private static long most(Operation write) {
    return switch (write.outcome()) {
      case Outcome.Written written -> 1;
      case Outcome.Deleted deleted -> 1;
      case Outcome.Refused refused -> 0;
      case Outcome.Absent absent -> write.attempts();
      case Outcome.Mismatch mismatch -> write.attempts();
      case Outcome.Retried retried -> write.attempts();
      case Outcome.Unknown unknown -> write.attempts();
      case Outcome.Found found -> 0;
    };
  }
}
