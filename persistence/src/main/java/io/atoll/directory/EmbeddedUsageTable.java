package io.atoll.directory;

import io.atoll.store.Batch;
import io.atoll.store.Change;
import io.atoll.store.EmbeddedStore;
import io.atoll.store.Keys;
import io.atoll.store.Table;
import io.atoll.usage.UsageBucket;
import io.atoll.usage.UsageTable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.rocksdb.RocksDBException;

/** The metered minutes in the embedded store. */
public final class EmbeddedUsageTable implements UsageTable {
  private final EmbeddedStore store;

  public EmbeddedUsageTable(EmbeddedStore store) {
    this.store = store;
  }

  @Override
  public CompletionStage<Void> upsert(
      String tenantId, long incarnation, List<UsageBucket> minutes) {
    return store.commit(new PutMinutes(tenantId, incarnation, List.copyOf(minutes)));
  }

  @Override
  public CompletionStage<List<UsageBucket>> read(
      String tenantId, long incarnation, long fromMinute, long toMinute) {
    byte[] from = key(tenantId, incarnation, Math.max(0, fromMinute));
    byte[] to = key(tenantId, incarnation, Math.max(0, toMinute));
    return store.read(reader -> {
      List<UsageBucket> minutes = new ArrayList<>();
      reader.scan(
          Table.USAGE, from, to, (key, stored) -> minutes.add(UsageRecords.open(key, stored)));
      return minutes;
    });
  }

  @Override
  public CompletionStage<Void> erase(String tenantId, long incarnation) {
    return store.commit(new EraseUsage(tenantId, incarnation));
  }

  private static byte[] key(String tenantId, long incarnation, long minute) {
    return Keys.of(tenantId, incarnation, minute);
  }

  private record PutMinutes(String tenantId, long incarnation, List<UsageBucket> minutes)
      implements Change {
    @Override
    public long bytes() {
      return minutes.size() * (UsageRecords.SIZE + tenantId.length() + 2L * Long.BYTES);
    }

    @Override
    public void addTo(Batch batch) throws RocksDBException {
      for (UsageBucket minute : minutes) {
        byte[] key = key(tenantId, incarnation, minute.minute());
        batch.put(Table.USAGE, key, UsageRecords.seal(key, minute));
      }
    }
  }

  private record EraseUsage(String tenantId, long incarnation) implements Change {
    @Override
    public long bytes() {
      return 2L * tenantId.length();
    }

    @Override
    public void addTo(Batch batch) throws RocksDBException {
      batch.deleteAll(Table.USAGE, Keys.of(tenantId, incarnation));
    }
  }
}
