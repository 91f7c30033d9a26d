package io.atoll.directory;

import io.atoll.store.EmbeddedStore;
import io.atoll.store.StoreReader;
import io.atoll.store.Table;
import io.atoll.tenant.Directory;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.rocksdb.RocksDBException;

/** The directory of all tenants in the embedded store. */
public final class EmbeddedDirectory implements Directory {
  private final EmbeddedStore store;

  /** Who changes an entry has read it before: one after the other. */
  private final Turns turns = new Turns();

  public EmbeddedDirectory(EmbeddedStore store) {
    this.store = store;
  }

  @Override
  public CompletionStage<Void> upsert(Listing listing) {
    return turns.take(
        listing.id(),
        () ->
            store.read(reader -> stored(reader, listing.id())).thenCompose(it -> put(it, listing)));
  }

  @Override
  public CompletionStage<Void> remove(String tenantId, long version) {
    return turns.take(
        tenantId,
        () ->
            store
                .read(reader -> stored(reader, tenantId))
                .thenApply(stored -> stored.filter(it -> it.version() <= version))
                .thenCompose(it -> remove(it, tenantId)));
  }

  @Override
  public CompletionStage<Optional<Listing>> find(String tenantId) {
    return store.read(reader -> stored(reader, tenantId).flatMap(ListingRecords.Stored::listing));
  }

  /**
   * A page may hold fewer than {@code limit} listings, even none, and yet have a next one: so much
   * is looked at for one page and no more, whatever the filters let through.
   */
  @Override
  public CompletionStage<Page> list(Query query) {
    try {
      return store.read(new ListPage(query, Cursor.after(query.cursor())));
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  static Optional<ListingRecords.Stored> stored(StoreReader reader, String id)
      throws RocksDBException {
    byte[] key = Indexes.entry(id);
    byte[] stored = reader.get(Table.DIRECTORY, key);
    return stored == null ? Optional.empty() : Optional.of(ListingRecords.open(id, key, stored));
  }

  private CompletionStage<Void> put(Optional<ListingRecords.Stored> stored, Listing listing) {
    if (stored.filter(it -> it.version() >= listing.version()).isPresent()) {
      return CompletableFuture.completedFuture(null);
    }
    return store.commit(
        new PutListing(
            listing.id(),
            stored.flatMap(ListingRecords.Stored::listing),
            Optional.of(listing),
            listing.version()));
  }

  private CompletionStage<Void> remove(Optional<ListingRecords.Stored> stored, String tenantId) {
    Optional<Listing> listed = stored.flatMap(ListingRecords.Stored::listing);
    if (listed.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    return store.commit(new PutListing(tenantId, listed, Optional.empty(), listed.get().version()));
  }
}
