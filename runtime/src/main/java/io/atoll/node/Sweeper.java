package io.atoll.node;

import io.atoll.tenant.Directory;
import io.atoll.tenant.TenantStatus;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes through the deleted tenants and asks each to purge itself if its retention is over. One
 * after the other, so that a sweep never holds many tenants in memory.
 */
final class Sweeper {
  private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
  private static final int PAGE = 100;

  private final Directory directory;
  private final Function<String, CompletionStage<?>> sweep;

  /** {@code sweep} asks the tenant with this id. */
  Sweeper(Directory directory, Function<String, CompletionStage<?>> sweep) {
    this.directory = directory;
    this.sweep = sweep;
  }

  /** Sweeps once; a tenant that does not answer is left for the next time. */
  CompletionStage<Void> run() {
    return page(null)
        .exceptionally(failure -> {
          LOG.warn("a sweep ended early", failure);
          return null;
        });
  }

  private CompletionStage<Void> page(@Nullable String cursor) {
    var deleted =
        new Directory.Query(
            TenantStatus.DELETED.apiName(), null, null, null, id -> true, PAGE, cursor);
    return directory
        .list(deleted)
        .thenCompose(page ->
            each(page.items().iterator())
                .thenCompose(done -> page.nextCursor() == null ? done() : page(page.nextCursor())));
  }

  private CompletionStage<Void> each(Iterator<Directory.Listing> tenants) {
    if (!tenants.hasNext()) {
      return done();
    }
    String tenant = tenants.next().id();
    return sweep
        .apply(tenant)
        .handle((answer, failure) -> answered(tenant, failure))
        .thenComposeAsync(next -> each(tenants));
  }

  private static boolean answered(String tenant, @Nullable Throwable failure) {
    if (failure != null) {
      LOG.warn("tenant {} did not answer a sweep: {}", tenant, failure.toString());
    }
    return failure == null;
  }

  private static CompletionStage<Void> done() {
    return CompletableFuture.completedFuture(null);
  }
}
