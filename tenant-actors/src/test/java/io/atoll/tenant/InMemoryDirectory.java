package io.atoll.tenant;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A directory in memory that can be told to fail. Thread-safe. */
public final class InMemoryDirectory implements Directory {
  private static final String CURSOR = "after:";

  private final ConcurrentSkipListMap<String, Listing> listings = new ConcurrentSkipListMap<>();
  private volatile boolean failing;

  /** From now on every change fails, or works again. */
  public void fail(boolean fail) {
    failing = fail;
  }

  @Override
  public CompletionStage<Void> upsert(Listing listing) {
    if (failing) {
      return CompletableFuture.failedFuture(new IllegalStateException("told to fail"));
    }
    listings.merge(
        listing.id(), listing, (old, next) -> next.version() > old.version() ? next : old);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Void> remove(String tenantId, long version) {
    if (failing) {
      return CompletableFuture.failedFuture(new IllegalStateException("told to fail"));
    }
    listings.computeIfPresent(tenantId, (id, old) -> old.version() <= version ? null : old);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Optional<Listing>> find(String tenantId) {
    return CompletableFuture.completedFuture(Optional.ofNullable(listings.get(tenantId)));
  }

  @Override
  public CompletionStage<Page> list(Query query) {
    String cursor = query.cursor();
    if (cursor != null && !cursor.startsWith(CURSOR)) {
      return CompletableFuture.failedFuture(new IllegalArgumentException("not our cursor"));
    }
    Stream<Listing> all =
        cursor == null
            ? listings.values().stream()
            : listings.tailMap(cursor.substring(CURSOR.length()), false).values().stream();
    List<Listing> found = all.filter(it -> matches(it, query)).limit(query.limit() + 1L).toList();
    boolean more = found.size() > query.limit();
    List<Listing> items = more ? found.subList(0, query.limit()) : found;
    return CompletableFuture.completedFuture(
        new Page(items, more ? CURSOR + items.getLast().id() : null));
  }

  private static boolean matches(Listing listing, Query query) {
    return passes(query.status(), listing.status())
        && passes(query.plan(), listing.plan())
        && passes(query.tier(), listing.tier())
        && hasPrefix(query.q(), listing)
        && query.include().test(listing.id());
  }

  private static boolean passes(@Nullable String wanted, String actual) {
    return wanted == null || wanted.equals(actual);
  }

  private static boolean hasPrefix(@Nullable String prefix, Listing listing) {
    return prefix == null
        || listing.id().startsWith(prefix)
        || listing.name().toLowerCase(Locale.ROOT).startsWith(prefix.toLowerCase(Locale.ROOT));
  }
}
