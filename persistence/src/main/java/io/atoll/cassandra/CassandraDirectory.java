package io.atoll.cassandra;

import io.atoll.directory.Cursor;
import io.atoll.directory.Turns;
import io.atoll.tenant.Directory;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The directory of all tenants in Cassandra. */
public final class CassandraDirectory implements Directory {
  private final ListingTables tables;

  /** Who changes an entry has read it before: one after the other. */
  private final Turns turns = new Turns();

  public CassandraDirectory(CassandraSession session) {
    this.tables = new ListingTables(session);
  }

  @Override
  public CompletionStage<Void> upsert(Listing listing) {
    return turns.take(
        listing.id(),
        () ->
            tables
                .get(listing.id())
                .thenCompose(stored ->
                    stored.filter(it -> it.version() >= listing.version()).isPresent()
                        ? CompletableFuture.completedFuture(null)
                        : tables.replace(stored.flatMap(ListingTables.Stored::listing), listing)));
  }

  @Override
  public CompletionStage<Void> remove(String tenantId, long version) {
    return turns.take(
        tenantId,
        () ->
            tables
                .get(tenantId)
                .thenCompose(stored ->
                    stored
                        .filter(it -> it.version() <= version)
                        .flatMap(ListingTables.Stored::listing)
                        .map(tables::remove)
                        .orElseGet(() -> CompletableFuture.completedFuture(null))));
  }

  @Override
  public CompletionStage<Optional<Listing>> find(String tenantId) {
    return tables.get(tenantId).thenApply(stored -> stored.flatMap(ListingTables.Stored::listing));
  }

  /**
   * A page may hold fewer than {@code limit} listings, even none, and yet have a next one: about
   * 20,000 index rows are looked at for one page and no more, whatever the filters let through.
   */
  @Override
  public CompletionStage<Page> list(Query query) {
    try {
      return new PageSearch(tables, query, Cursor.after(query.cursor())).page();
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
