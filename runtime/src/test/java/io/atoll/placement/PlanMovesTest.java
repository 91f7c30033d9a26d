package io.atoll.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.plan.Plan;
import io.atoll.plan.Plans;
import io.atoll.plan.Tier;
import io.atoll.tenant.Directory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlanMovesTest {
  private final List<Directory.Listing> listings = new ArrayList<>();
  private final List<String> moves = new ArrayList<>();
  private final Queue<CompletableFuture<Void>> underWay = new ArrayDeque<>();
  private boolean broken;
  private Plans plans = gold(Tier.A);
  private final PlanMoves planMoves = new PlanMoves(this::list, () -> plans, this::move);

  @Test
  void allTenantsOfThePlanGoOneAfterTheOther() {
    IntStream.range(100, 350).forEach(tenant -> add("t" + tenant, "gold", "active"));
    add("t200-other", "pro", "active");
    planMoves.follow("gold");

    for (int moved = 1; moved <= 250; moved++) {
      assertThat(moves).hasSize(moved);
      arrive();
    }
    assertThat(moves)
        .containsExactlyElementsOf(
            IntStream.range(100, 350).mapToObj(tenant -> "t" + tenant + " to A").toList());
    assertThat(underWay).isEmpty();
  }

  @Test
  void tenantsThatAreDeletedStay() {
    add("a", "gold", "deleted");
    add("b", "gold", "suspended");
    planMoves.follow("gold");

    assertThat(moves).containsExactly("b to A");
  }

  @Test
  void aTierThatChangesAgainHoldsForThoseWhoHaveGoneAlready() {
    add("a", "gold", "active");
    add("b", "gold", "active");
    planMoves.follow("gold");
    arrive();
    plans = gold(Tier.B);
    planMoves.follow("gold");
    planMoves.follow("gold");
    arrive();
    arrive();
    arrive();

    assertThat(moves).containsExactly("a to A", "b to A", "a to B", "b to B");
    assertThat(underWay).isEmpty();
  }

  @Test
  void aMoveThatBreaksEndsTheWalkAndTheNextOneBegins() {
    add("a", "gold", "active");
    add("b", "gold", "active");
    planMoves.follow("gold");
    underWay.remove().completeExceptionally(new IllegalStateException("told to fail"));
    planMoves.follow("gold");

    assertThat(moves).containsExactly("a to A", "a to A");
  }

  @Test
  void aDirectoryThatThrowsEndsTheWalkAndTheNextOneBegins() {
    broken = true;
    planMoves.follow("gold");
    broken = false;
    add("a", "gold", "active");
    planMoves.follow("gold");

    assertThat(moves).containsExactly("a to A");
  }

  private CompletionStage<Void> move(String tenant, Tier tier) {
    moves.add(tenant + " to " + tier);
    CompletableFuture<Void> moved = new CompletableFuture<>();
    underWay.add(moved);
    return moved;
  }

  private void arrive() {
    underWay.remove().complete(null);
  }

  private void add(String tenant, String plan, String status) {
    listings.add(new Directory.Listing(tenant, tenant, plan, "C", status, 1, new byte[0]));
  }

  private CompletionStage<Directory.Page> list(Directory.Query query) {
    if (broken) {
      throw new IllegalStateException("told to fail");
    }
    int from = query.cursor() == null ? 0 : Integer.parseInt(query.cursor());
    int to = Math.min(from + query.limit(), listings.size());
    return CompletableFuture.completedFuture(
        new Directory.Page(
            listings.subList(from, to).stream()
                .filter(listing -> listing.plan().equals(query.plan()))
                .toList(),
            to == listings.size() ? null : "" + to));
  }

  private static Plans gold(Tier tier) {
    Plan free = Plans.builtIn().find(Plans.FREE).orElseThrow();
    return Plans.builtIn().with(List.of(new Plan("gold", tier, free.quotas(), free.features())));
  }
}
