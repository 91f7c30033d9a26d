package io.atoll.faults.check;

import io.atoll.faults.check.Step.Register;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/* Which steps come first?
 *
 * After Wing and Gong (Testing and Verifying Concurrent Objects, 1993) and Lowe (Testing for
 * Linearizability, 2017): a search through what may have happened so far, the steps taken and the
 * state of the register, in which nothing is looked at twice. A step may be next when no other one
 * that is still to be taken was over before it began. A possible step has no end: it may be next at
 * any time after its call, and need never be.
 *
 * A step that only reads and fits may always be taken at once: whatever order there is, it can be
 * moved to the front of it. So the search branches at writes alone. Of several possible steps that
 * do the same, it is enough to try the one that was called first.
 */
/** Looks for an order of one entry's steps that a register can take. For one thread. */
final class RegisterSearch {
  private final List<Step> taken;
  private final List<Step> possible;
  private final Deque<Point> open = new ArrayDeque<>();
  private final Set<Point> seen = new HashSet<>();
  private int furthest;

  RegisterSearch(Steps steps) {
    this.taken = steps.taken();
    this.possible = steps.possible();
  }

  /** Searches until {@code deadline} by {@code System.nanoTime()}. */
  Verdict run(long deadline) {
    visit(new Point(0, new BitSet(), new BitSet(), new Register(Step.ABSENT, 0)));
    while (!open.isEmpty()) {
      Point point = open.pop();
      if (point.before() == taken.size()) {
        return new Verdict.Holds();
      }
      if (System.nanoTime() > deadline) {
        return new Verdict.Undecided("%d orders were looked at".formatted(seen.size()));
      }
      furthest = Math.max(furthest, point.before());
      expand(point);
    }
    return new Verdict.Broken(List.of("no order explains " + taken.get(furthest).operation()));
  }

  private void visit(Point point) {
    if (seen.add(point)) {
      open.push(point);
    }
  }

  private void expand(Point point) {
    long end = firstEnd(point);
    Optional<Point> read = read(point, end);
    if (read.isPresent()) {
      visit(read.get());
      return;
    }
    long lowest = lowestVersion(point, end);
    visitPossible(point, end, lowest);
    for (int i = lastNext(point, end); i >= point.before(); i--) {
      if (!point.has(i) && taken.get(i).version() <= lowest) {
        Register after = taken.get(i).from(point.register());
        if (after != null) {
          visit(point.with(i, after));
        }
      }
    }
  }

  private void visitPossible(Point point, long end, long lowest) {
    Set<Step.Effect> tried = new HashSet<>();
    for (int i = 0; i < possible.size() && possible.get(i).span().invokedAt() <= end; i++) {
      Step step = possible.get(i);
      if (!point.maybe().get(i) && step.version() <= lowest && tried.add(step.effect())) {
        Register after = step.from(point.register());
        if (after != null) {
          visit(point.withPossible(i, after));
        }
      }
    }
  }

  /** Versions grow: a write waits for those with lower ones. */
  private long lowestVersion(Point point, long end) {
    long lowest = Long.MAX_VALUE;
    for (int i = point.before(); isNext(i, end); i++) {
      if (!point.has(i) && taken.get(i).version() > 0) {
        lowest = Math.min(lowest, taken.get(i).version());
      }
    }
    return lowest;
  }

  private int lastNext(Point point, long end) {
    int last = point.before();
    while (isNext(last + 1, end)) {
      last++;
    }
    return last;
  }

  private Optional<Point> read(Point point, long end) {
    for (int i = point.before(); isNext(i, end); i++) {
      if (!point.has(i) && taken.get(i).reads()) {
        Register after = taken.get(i).from(point.register());
        if (after != null) {
          return Optional.of(point.with(i, after));
        }
      }
    }
    return Optional.empty();
  }

  /** When the first of the steps that are still to be taken was over. */
  private long firstEnd(Point point) {
    long end = Long.MAX_VALUE;
    for (int i = point.before(); isNext(i, end); i++) {
      if (!point.has(i)) {
        end = Math.min(end, taken.get(i).span().completedAt());
      }
    }
    return end;
  }

  private boolean isNext(int step, long end) {
    return step < taken.size() && taken.get(step).span().invokedAt() <= end;
  }

  /**
   * The steps before {@code before} are taken, and those in {@code beyond}, counted from there, and
   * those in {@code maybe} of the possible ones. The sets are not changed any more.
   */
  private record Point(int before, BitSet beyond, BitSet maybe, Register register) {
    boolean has(int step) {
      return beyond.get(step - before);
    }

    Point with(int step, Register after) {
      BitSet set = (BitSet) beyond.clone();
      set.set(step - before);
      int passed = set.nextClearBit(0);
      return new Point(before + passed, set.get(passed, set.size()), maybe, after);
    }

    Point withPossible(int step, Register after) {
      BitSet set = (BitSet) maybe.clone();
      set.set(step);
      return new Point(before, beyond, set, after);
    }
  }
}
