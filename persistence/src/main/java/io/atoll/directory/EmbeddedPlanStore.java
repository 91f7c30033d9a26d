package io.atoll.directory;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.atoll.plan.Plan;
import io.atoll.plan.PlanStore;
import io.atoll.store.Batch;
import io.atoll.store.Change;
import io.atoll.store.EmbeddedStore;
import io.atoll.store.Keys;
import io.atoll.store.Sealed;
import io.atoll.store.StoreReader;
import io.atoll.store.Table;
import io.atoll.tenant.PlanDocument;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.rocksdb.RocksDBException;

/** The stored plans in the embedded store. */
public final class EmbeddedPlanStore implements PlanStore {
  private static final char MARK = 'q';
  private static final String ALL = "plans";

  private final EmbeddedStore store;

  /** Who changes a plan has read the revision before: one after the other. */
  private final Turns turns = new Turns();

  public EmbeddedPlanStore(EmbeddedStore store) {
    this.store = store;
  }

  @Override
  public CompletionStage<Long> revision() {
    return read().thenApply(Snapshot::revision);
  }

  @Override
  public CompletionStage<Snapshot> read() {
    return store.read(EmbeddedPlanStore::snapshot);
  }

  @Override
  public CompletionStage<Boolean> keep(Plan plan, long seen) {
    AtomicBoolean kept = new AtomicBoolean();
    return turns
        .take(ALL, () -> read().thenCompose(now -> keep(plan, seen, now.revision(), kept)))
        .thenApply(done -> kept.get());
  }

  private CompletionStage<Void> keep(Plan plan, long seen, long revision, AtomicBoolean kept) {
    if (seen != revision) {
      return CompletableFuture.completedFuture(null);
    }
    kept.set(true);
    return store.commit(new PutPlan(plan.name(), PlanDocument.encode(plan), revision + 1));
  }

  private static Snapshot snapshot(StoreReader reader) throws RocksDBException {
    List<Stored> plans = new ArrayList<>();
    byte[] first = {MARK};
    reader.scan(Table.META, first, Keys.after(first), (key, value) -> plans.add(open(key, value)));
    long revision = plans.stream().mapToLong(Stored::revision).max().orElse(0);
    return new Snapshot(revision, plans);
  }

  private static Stored open(byte[] key, byte[] value) {
    ByteBuffer body = Sealed.open(key, value, "A plan");
    long revision = body.getLong();
    byte[] document = new byte[body.remaining()];
    body.get(document);
    return new Stored(PlanDocument.decode(document), revision);
  }

  private record PutPlan(String name, byte[] document, long revision) implements Change {
    @Override
    public long bytes() {
      return (long) Long.BYTES + document.length + 2L * name.length();
    }

    @Override
    public void addTo(Batch batch) throws RocksDBException {
      byte[] key = Keys.marked(MARK, name.getBytes(UTF_8));
      batch.put(
          Table.META,
          key,
          Sealed.seal(
              key, Long.BYTES + document.length, body -> body.putLong(revision).put(document)));
    }
  }
}
