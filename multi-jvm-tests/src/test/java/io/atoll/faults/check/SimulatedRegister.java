package io.atoll.faults.check;

import static io.atoll.faults.check.Histories.ABSENT;
import static io.atoll.faults.check.Histories.DELETED;
import static io.atoll.faults.check.Histories.MISMATCH;
import static io.atoll.faults.check.Histories.UNKNOWN;

import io.atoll.faults.history.Action;
import io.atoll.faults.history.Operation;
import io.atoll.faults.history.Outcome;
import io.atoll.faults.history.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Clients at the same time of one register, which does what it should: each call takes effect at
 * one moment before its answer; some answers are lost, and the effect may come late or never.
 */
final class SimulatedRegister {
  private static final int CLIENTS = 3;
  private static final int LONGEST = 20;

  /** One of the writes that is acknowledged and not done, as a broken store would; or none. */
  static final int NONE = -1;

  private final SplittableRandom random;
  private final int lost;
  private final List<Operation> history = new ArrayList<>();
  private String value;
  private long version;
  private long highest;

  private SimulatedRegister(SplittableRandom random, int lost) {
    this.random = random;
    this.lost = lost;
  }

  private record Due(long at, Span span, boolean unknown) {}

  /** A history of so many calls, in which the register forgets the one with the number. */
  static List<Operation> history(SplittableRandom random, int calls, int lost) {
    SimulatedRegister register = new SimulatedRegister(random, lost);
    register.plan(calls).forEach(register::happen);
    return register.history;
  }

  private List<Due> plan(int calls) {
    long[] free = new long[CLIENTS];
    List<Due> plan = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      int client = random.nextInt(CLIENTS);
      long from = free[client] + random.nextInt(1, LONGEST);
      long to = from + random.nextInt(LONGEST);
      free[client] = to;
      boolean unknown = random.nextInt(5) == 0;
      long latest = unknown ? to + 2 * LONGEST : to;
      plan.add(new Due(random.nextLong(from, latest + 1), new Span(from, to), unknown));
    }
    plan.sort(Comparator.comparingLong(Due::at));
    return plan;
  }

  private void happen(Due due) {
    Action action = action();
    boolean forgotten = history.size() == lost || (due.unknown() && random.nextBoolean());
    String before = value;
    long versionBefore = version;
    Outcome outcome = outcome(action);
    if (forgotten) {
      value = before;
      version = versionBefore;
    }
    history.add(Histories.operation(action, due.unknown() ? UNKNOWN : outcome, due.span(), 1));
  }

  private Action action() {
    String fresh = "v" + history.size();
    return switch (random.nextInt(6)) {
      case 0, 1 -> new Action.Set(fresh);
      case 2 -> new Action.CompareAndSet(fresh, random.nextBoolean() ? current() : seen());
      case 3 -> new Action.Delete();
      default -> new Action.Get();
    };
  }

  /** The present version if a client has been told it: nobody guesses. */
  private long current() {
    boolean told =
        history.stream()
            .map(Operation::outcome)
            .anyMatch(it -> it.equals(new Outcome.Written(version)) || it.equals(found()));
    return told ? version : 0;
  }

  private Outcome found() {
    return value == null ? ABSENT : new Outcome.Found(value, version);
  }

  /** A version that a client has been told. */
  private long seen() {
    return history.stream()
        .mapToLong(it -> it.outcome() instanceof Outcome.Written written ? written.version() : 0)
        .skip(history.isEmpty() ? 0 : random.nextInt(history.size()))
        .findFirst()
        .orElse(0);
  }

  private Outcome outcome(Action action) {
    return switch (action) {
      case Action.Get get -> found();
      case Action.Set set -> write(set.value());
      case Action.CompareAndSet set -> set.version() == version ? write(set.value()) : MISMATCH;
      case Action.Delete delete -> {
        Outcome outcome = value == null ? ABSENT : DELETED;
        value = null;
        version = 0;
        highest++;
        yield outcome;
      }
    };
  }

  private Outcome write(String written) {
    value = written;
    highest += random.nextInt(1, 3);
    version = highest;
    return new Outcome.Written(version);
  }
}
