package io.atoll.faults.check;

import io.atoll.faults.history.Operation;
import io.atoll.faults.history.Outcome;
import java.util.List;
import java.util.stream.Stream;

/** Whoever reads an entry finds a value of that entry: never another tenant's, map's or key's. */
public final class Isolation {
  private Isolation() {}

  /** Checks the values that were found; writes must be those of {@code Entry.value}. */
  public static Verdict check(List<Operation> operations) {
    return Verdict.of(operations.stream().flatMap(Isolation::fault).toList());
  }

  private static Stream<String> fault(Operation operation) {
    return operation.outcome() instanceof Outcome.Found found
            && !operation.entry().owns(found.value())
        ? Stream.of("a foreign value: " + operation)
        : Stream.empty();
  }
}
