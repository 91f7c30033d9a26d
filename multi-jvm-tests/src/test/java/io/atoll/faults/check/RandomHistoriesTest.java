package io.atoll.faults.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.faults.history.Operation;
import io.atoll.faults.history.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The search against a register that is right, and against every order of tiny histories. */
class RandomHistoriesTest {
  private static final Duration BOUND = Duration.ofMinutes(1);
  private static final int TINY = 6;
  private static final int LONG = 300;
  private static final int HISTORIES = 20_000;

  private final SplittableRandom random = new SplittableRandom(20_26);

  @Test
  void theHistoriesOfARightRegisterAreAccepted() {
    for (int i = 0; i < HISTORIES / 40; i++) {
      List<Operation> history = history(LONG, SimulatedRegister.NONE);
      assertThat(accepts(history)).as("the long history %d", i).isTrue();
    }
    for (int i = 0; i < HISTORIES; i++) {
      List<Operation> history = history(TINY, SimulatedRegister.NONE);
      assertThat(accepts(history)).as("%s", history).isTrue();
    }
  }

  @Test
  void aRegisterThatForgetsAWriteIsJudgedAsByTryingEveryOrder() {
    assertAgreement(() -> history(TINY, random.nextInt(TINY)));
  }

  @Test
  void aStaleReadIsJudgedAsByTryingEveryOrder() {
    assertAgreement(() -> stale(history(TINY, SimulatedRegister.NONE)));
  }

  /** Both must say the same, and each answer must occur often. */
  private void assertAgreement(Supplier<List<Operation>> histories) {
    int rejected = 0;
    for (int i = 0; i < HISTORIES; i++) {
      List<Operation> history = histories.get();
      boolean right = BruteForce.accepts(history);
      assertThat(accepts(history)).as("%s", history).isEqualTo(right);
      rejected += right ? 0 : 1;
    }
    assertThat(rejected).isBetween(HISTORIES / 50, HISTORIES * 49 / 50);
  }

  /** Lets one of the reads find what another one or nothing at all has found. */
  private List<Operation> stale(List<Operation> history) {
    List<Outcome> found =
        Stream.concat(
                history.stream().map(Operation::outcome).filter(Outcome.Found.class::isInstance),
                Stream.of(Histories.ABSENT))
            .toList();
    List<Operation> changed = new ArrayList<>(history);
    int at = random.nextInt(history.size());
    Operation old = history.get(at);
    if (!old.action().writes() && !(old.outcome() instanceof Outcome.Unknown)) {
      Outcome other = found.get(random.nextInt(found.size()));
      changed.set(at, Histories.operation(old.action(), other, old.span(), 1));
    }
    return changed;
  }

  private List<Operation> history(int calls, int lost) {
    return SimulatedRegister.history(random, calls, lost);
  }

  private static boolean accepts(List<Operation> history) {
    return switch (PerKeyLinearizability.check(history, BOUND)) {
      case Verdict.Holds holds -> true;
      case Verdict.Broken broken -> false;
      case Verdict.Undecided undecided -> throw new AssertionError(undecided);
    };
  }
}
