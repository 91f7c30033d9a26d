package io.atoll.tenant;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A directory of nothing: it takes every listing and keeps none. Thread-safe. */
final class Unlisted implements Directory {
  private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

  @Override
  public CompletionStage<Void> upsert(Listing listing) {
    return DONE;
  }

  @Override
  public CompletionStage<Void> remove(String tenantId, long version) {
    return DONE;
  }

  @Override
  public CompletionStage<Optional<Listing>> find(String tenantId) {
    return CompletableFuture.completedStage(Optional.empty());
  }

  @Override
  public CompletionStage<Page> list(Query query) {
    return CompletableFuture.completedStage(new Page(List.of(), null));
  }
}
