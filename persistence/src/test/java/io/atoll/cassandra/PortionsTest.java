package io.atoll.cassandra;

import static io.atoll.store.Stores.failure;
import static io.atoll.store.Stores.result;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class PortionsTest {
  private final List<List<Integer>> begun = new ArrayList<>();
  private final List<CompletableFuture<Void>> underWay = new ArrayList<>();

  @Test
  void aPartBeginsWhenTheOneBeforeIsDone() {
    CompletionStage<Void> all = Portions.each(List.of(1, 2, 3, 4, 5), 2, this::begin);
    assertThat(begun).containsExactly(List.of(1, 2));
    underWay.get(0).complete(null);
    assertThat(begun).containsExactly(List.of(1, 2), List.of(3, 4));
    underWay.get(1).complete(null);
    assertThat(begun).containsExactly(List.of(1, 2), List.of(3, 4), List.of(5));
    assertThat(all.toCompletableFuture()).isNotDone();
    underWay.get(2).complete(null);
    assertThat(all.toCompletableFuture()).isCompleted();
  }

  @Test
  void nothingBeginsAfterAFailure() {
    CompletionStage<Void> all = Portions.each(List.of(1, 2, 3), 1, this::begin);
    underWay.get(0).completeExceptionally(new IllegalStateException("no"));
    assertThat(failure(all)).hasMessage("no");
    assertThat(begun).hasSize(1);
  }

  @Test
  void noWorkIsDoneAtOnce() {
    assertThat(Portions.each(List.of(), 2, this::begin).toCompletableFuture()).isCompleted();
    assertThat(begun).isEmpty();
  }

  @Test
  void anyNumberOfPartsMayBeDoneAlready() {
    List<Integer> many = Collections.nCopies(1_000_000, 1);
    result(Portions.each(many, 1, part -> CompletableFuture.completedFuture(null)));
    CompletableFuture<Void> first = new CompletableFuture<>();
    CompletionStage<Void> all = Portions.each(many, 1, part -> first);
    first.complete(null);
    result(all);
  }

  private CompletionStage<Void> begin(List<Integer> part) {
    begun.add(part);
    CompletableFuture<Void> work = new CompletableFuture<>();
    underWay.add(work);
    return work;
  }
}
