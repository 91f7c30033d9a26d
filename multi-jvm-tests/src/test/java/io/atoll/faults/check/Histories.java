package io.atoll.faults.check;

import io.atoll.faults.history.Action;
import io.atoll.faults.history.Entry;
import io.atoll.faults.history.Operation;
import io.atoll.faults.history.Outcome;
import io.atoll.faults.history.Span;

/** Short ways to write a history down. */
final class Histories {
  static final Entry ENTRY = new Entry("acme", "users", "u1");
  static final Outcome ABSENT = new Outcome.Absent();
  static final Outcome DELETED = new Outcome.Deleted();
  static final Outcome MISMATCH = new Outcome.Mismatch();
  static final Outcome UNKNOWN = new Outcome.Unknown("timeout");

  private Histories() {}

  static Operation set(long from, long to, String value, Outcome outcome) {
    return operation(from, to, new Action.Set(value), outcome);
  }

  static Operation compareAndSet(long from, long to, String value, long version, Outcome outcome) {
    return operation(from, to, new Action.CompareAndSet(value, version), outcome);
  }

  static Operation get(long from, long to, Outcome outcome) {
    return operation(from, to, new Action.Get(), outcome);
  }

  static Operation delete(long from, long to, Outcome outcome) {
    return operation(from, to, new Action.Delete(), outcome);
  }

  static Outcome written(long version) {
    return new Outcome.Written(version);
  }

  static Outcome.Found found(String value, long version) {
    return new Outcome.Found(value, version);
  }

  static Operation operation(long from, long to, Action action, Outcome outcome) {
    return operation(action, outcome, new Span(from, to), 1);
  }

  static Operation operation(Action action, Outcome outcome, Span span, int attempts) {
    return new Operation(0, ENTRY, action, outcome, span, attempts);
  }
}
