package io.atoll.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.refusal.ErrorCode;
import io.atoll.refusal.Refusal;
import io.atoll.tenant.Migration;
import io.atoll.tenant.MoveTarget;
import io.atoll.tenant.TenantReply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class MigrationEndsTest {
  private static final long ENDED = 1_200;
  private static final Migration RUNNING =
      new Migration(
          "m1",
          "acme",
          "10.0.0.1:25520",
          new MoveTarget.OfNode("10.0.0.2:25520"),
          Migration.Status.RUNNING,
          Migration.Step.HOLD,
          -1,
          null,
          1_000,
          -1);

  private final MemoryPlacementStore store = new MemoryPlacementStore();
  private final List<Migration> told = new ArrayList<>();
  private final FixedTime time = new FixedTime(ENDED);
  private final MigrationEnds ends =
      new MigrationEnds(store, this::tell, (pause, action) -> action.run(), time);

  /** What the tenant says at first, in this order; null is no answer. */
  private final List<TenantReply> before = new ArrayList<>();

  private boolean silent;

  @Test
  void aTenantIsToldTheEndThatTheStoreKeeps() {
    store.begin(RUNNING);
    Migration ended = RUNNING.completed(7, ENDED);
    assertThat(isKept(ends.end(ended))).isTrue();
    assertThat(told).containsExactly(ended);
  }

  @Test
  void aTenantIsNotToldAnEndThatTheStoreDoesNotKeep() {
    store.begin(RUNNING);
    store.abort(RUNNING.aborted(1_100));
    assertThat(isKept(ends.end(RUNNING.failed("late", 7, ENDED)))).isFalse();
    assertThat(isKept(ends.abort(RUNNING.aborted(ENDED)))).isFalse();
    assertThat(told).isEmpty();
  }

  @Test
  void anAbortIsAnEnd() {
    store.begin(RUNNING);
    Migration aborted = RUNNING.aborted(ENDED);
    assertThat(isKept(ends.abort(aborted))).isTrue();
    assertThat(told).containsExactly(aborted);
  }

  @Test
  void aTenantThatDoesNotTakeItIsToldAgain() {
    before.add(null);
    before.add(
        new TenantReply.Refused(Refusal.of(ErrorCode.UNAVAILABLE, "the journal is not there")));
    store.begin(RUNNING);
    ends.end(RUNNING.completed(7, ENDED));
    assertThat(told).hasSize(3);
  }

  @Test
  void aTenantThatNeverAnswersIsNotToldForEverUntilSomebodyAsksAgain() {
    silent = true;
    store.begin(RUNNING);
    Migration ended = RUNNING.completed(7, ENDED);
    assertThat(isKept(ends.end(ended))).isTrue();
    assertThat(told).hasSize(MigrationEnds.MOST_TRIES);

    silent = false;
    ends.tellAgain(List.of(ended));
    assertThat(told).hasSize(MigrationEnds.MOST_TRIES + 1);
  }

  @Test
  void whatAnotherNodeHasKeptIsToldOnceAndOnlyWhatHasEnded() {
    Migration ended = RUNNING.completed(7, ENDED);
    ends.tellAgain(List.of(ended, RUNNING));
    ends.tellAgain(List.of(ended));
    assertThat(told).containsExactly(ended);
  }

  @Test
  void anEndThatTheTenantMayHaveForgottenIsNotToldAgain() {
    time.set(ENDED + MigrationEnds.TOLD_AGAIN_FOR.toMillis());
    ends.tellAgain(List.of(RUNNING.completed(7, ENDED)));
    assertThat(told).isEmpty();
  }

  private static boolean isKept(CompletionStage<Boolean> kept) {
    return kept.toCompletableFuture().join();
  }

  private CompletionStage<TenantReply> tell(Migration ended) {
    told.add(ended);
    TenantReply reply = before.isEmpty() ? new TenantReply.Accepted() : before.removeFirst();
    return silent || reply == null
        ? CompletableFuture.failedStage(new IllegalStateException("no answer"))
        : CompletableFuture.completedStage(reply);
  }
}
