package io.atoll.directory;

import io.atoll.store.Batch;
import io.atoll.store.Change;
import io.atoll.store.Table;
import io.atoll.tenant.Directory.Listing;
import java.util.Optional;
import org.rocksdb.RocksDBException;

/** Replaces a tenant's entry and its index keys: by a listing, or by the mark of its removal. */
record PutListing(String id, Optional<Listing> before, Optional<Listing> after, long version)
    implements Change {
  private static final long INDEX_BYTES = 1000;
  private static final long INDEX_KEYS = 10;

  @Override
  public long bytes() {
    return INDEX_BYTES
        + INDEX_KEYS * after.map(listing -> listing.name().length()).orElse(0)
        + after.map(listing -> listing.document().length).orElse(0);
  }

  @Override
  public void addTo(Batch batch) throws RocksDBException {
    if (before.isPresent()) {
      takeOut(batch, before.get());
    }
    byte[] key = Indexes.entry(id);
    if (after.isPresent()) {
      batch.put(Table.DIRECTORY, key, ListingRecords.listed(key, after.get()));
      putIn(batch, after.get());
    } else {
      batch.put(Table.DIRECTORY, key, ListingRecords.removed(key, version));
    }
  }

  private static void takeOut(Batch batch, Listing listing) throws RocksDBException {
    for (byte[] key : Indexes.filtered(listing)) {
      batch.delete(Table.DIRECTORY, key);
    }
    batch.delete(Table.DIRECTORY, Indexes.named(listing));
  }

  private static void putIn(Batch batch, Listing listing) throws RocksDBException {
    byte[] name = Indexes.name(listing.name());
    for (byte[] key : Indexes.filtered(listing)) {
      batch.put(Table.DIRECTORY, key, name);
    }
    batch.put(Table.DIRECTORY, Indexes.named(listing), NamedRow.of(listing).stored());
  }
}
