package io.atoll.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.plan.Tier;
import io.atoll.tenant.Migration;
import io.atoll.tenant.MoveTarget;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class TierMovesTest {
  private static final String LARGE = "large:1";
  private static final String SMALL = "small:1";

  private final Map<String, Set<Tier>> tiers = new HashMap<>();
  private final List<String> moves = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();
  private String cell = "17";
  private int failures;
  private boolean aborted;
  private boolean patient;
  private final Queue<Runnable> later = new ArrayDeque<>();
  private Optional<Tier> tier = Optional.of(Tier.A);
  private final TierMoves tierMoves = new TierMoves(new Nodes(), tenant -> cell);

  TierMovesTest() {
    tiers.put(LARGE, EnumSet.of(Tier.A));
    tiers.put(SMALL, EnumSet.of(Tier.B, Tier.C));
  }

  @Test
  void aTenantMovesToTheCellsOfItsTier() {
    tierMoves.follow("acme", Tier.A);

    assertThat(moves).containsExactly("acme to A");
  }

  @Test
  void aTenantThatIsThereStays() {
    tierMoves.follow("acme", Tier.C);
    cell = "A-17";
    tierMoves.follow("acme", Tier.A);
    cell = "3@" + LARGE;
    tierMoves.follow("acme", Tier.A);
    cell = "3@away:1";
    tierMoves.follow("acme", Tier.A);

    assertThat(moves).isEmpty();
  }

  @Test
  void aTenantLeavesANodeOfAnotherTier() {
    cell = "3@" + SMALL;
    tierMoves.follow("acme", Tier.A);

    assertThat(moves).containsExactly("acme to A");
  }

  @Test
  void whereAllNodesServeAllTiersNobodyMoves() {
    tiers.replaceAll((node, its) -> EnumSet.allOf(Tier.class));
    tierMoves.follow("acme", Tier.A);

    assertThat(moves).isEmpty();
  }

  @Test
  void aMoveThatFailsIsTriedAgainAfterLongerPauses() {
    failures = 2;
    tierMoves.follow("acme", Tier.A);

    assertThat(moves).hasSize(3);
    assertThat(pauses).containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(10));
  }

  @Test
  void aTenantWhoseTierIsAnotherOneMeanwhileIsMovedNoMore() {
    failures = 1;
    tier = Optional.of(Tier.C);
    tierMoves.follow("acme", Tier.A);

    assertThat(moves).containsExactly("acme to A");
  }

  @Test
  void aTenantOfAListThatIsOldMovesToTheTierThatItHasNow() {
    tier = Optional.of(Tier.C);
    tierMoves.followOnceAsked("acme", Tier.A);
    assertThat(moves).isEmpty();

    tier = Optional.of(Tier.B);
    tierMoves.followOnceAsked("acme", Tier.A);
    assertThat(moves).containsExactly("acme to B");
  }

  @Test
  void whoWaitsForATenantWaitsUntilItHasMovedOrIsTriedNoMore() {
    failures = 1;
    patient = true;
    CompletionStage<Void> moved = tierMoves.followOnceAsked("acme", Tier.A);
    assertThat(moved.toCompletableFuture()).isNotDone();
    later.remove().run();
    assertThat(moved.toCompletableFuture()).isCompleted();

    failures = 100;
    CompletionStage<Void> stays = tierMoves.followOnceAsked("acme", Tier.A);
    for (int pause = 1; pause < TierMoves.TRIES; pause++) {
      assertThat(stays.toCompletableFuture()).isNotDone();
      later.remove().run();
    }
    assertThat(stays.toCompletableFuture()).isCompleted();
  }

  @Test
  void aMoveThatIsAbortedIsNotTriedAgain() {
    aborted = true;
    tierMoves.follow("acme", Tier.A);

    assertThat(moves).hasSize(1);
  }

  @Test
  void itIsNotTriedForEver() {
    failures = 100;
    tierMoves.follow("acme", Tier.A);

    assertThat(moves).hasSize(TierMoves.TRIES);
  }

  private final class Nodes implements TierMoves.Way {
    @Override
    public Map<String, Set<Tier>> tiers() {
      return tiers;
    }

    @Override
    public CompletionStage<Migration> move(String tenant, MoveTarget target) {
      moves.add(tenant + " to " + ((MoveTarget.OfTier) target).tier());
      Migration running =
          new Migration(
              "m1",
              tenant,
              null,
              target,
              Migration.Status.RUNNING,
              Migration.Step.HOLD,
              -1,
              null,
              0,
              -1);
      if (aborted) {
        return CompletableFuture.completedFuture(running.aborted(2));
      }
      return CompletableFuture.completedFuture(
          failures-- > 0 ? running.failed("silent", 1, 2) : running.completed(1, 2));
    }

    @Override
    public CompletionStage<Optional<Tier>> tierOf(String tenant) {
      return CompletableFuture.completedFuture(tier);
    }

    @Override
    public void later(Duration pause, Runnable action) {
      pauses.add(pause);
      if (patient) {
        later.add(action);
      } else {
        action.run();
      }
    }
  }
}
