package io.atoll.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.tenant.Migration;
import io.atoll.tenant.MoveTarget;
import io.atoll.tenant.TenantReply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class MigrationEndsTest {
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
  private final MigrationEnds ends =
      new MigrationEnds(store, this::tell, (pause, action) -> action.run());

  /** How often the tenant does not answer before it does. */
  private int silent;

  @Test
  void anEndThatTheStoreKeepsIsWrittenDownByTheTenant() {
    store.begin(RUNNING);
    Migration ended = RUNNING.completed(7, 1_200);
    assertThat(ends.end(ended).toCompletableFuture().join()).isTrue();
    assertThat(told).containsExactly(ended);
  }

  @Test
  void anEndThatIsKnownOtherwiseIsNot() {
    store.begin(RUNNING);
    store.abort(RUNNING.aborted(1_100));
    assertThat(ends.end(RUNNING.failed("late", 7, 1_200)).toCompletableFuture().join()).isFalse();
    assertThat(ends.abort(RUNNING.aborted(1_200)).toCompletableFuture().join()).isFalse();
    assertThat(told).isEmpty();
  }

  @Test
  void anAbortIsAnEnd() {
    store.begin(RUNNING);
    Migration aborted = RUNNING.aborted(1_100);
    assertThat(ends.abort(aborted).toCompletableFuture().join()).isTrue();
    assertThat(told).containsExactly(aborted);
  }

  @Test
  void aTenantThatDoesNotAnswerIsToldAgain() {
    silent = 2;
    store.begin(RUNNING);
    ends.end(RUNNING.completed(7, 1_200));
    assertThat(told).hasSize(3);
  }

  @Test
  void aTenantThatNeverAnswersIsNotToldForEver() {
    silent = Integer.MAX_VALUE;
    store.begin(RUNNING);
    assertThat(ends.end(RUNNING.completed(7, 1_200)).toCompletableFuture().join()).isTrue();
    assertThat(told).hasSize(MigrationEnds.MOST_TRIES);
  }

  private CompletionStage<TenantReply> tell(Migration ended) {
    told.add(ended);
    return told.size() > silent
        ? CompletableFuture.completedStage(new TenantReply.Accepted())
        : CompletableFuture.failedStage(new IllegalStateException("no answer"));
  }
}
