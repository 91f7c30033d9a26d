package io.atoll.journal;

import io.atoll.store.EmbeddedStore;
import io.atoll.store.Head;
import io.atoll.store.StoreExtension;
import io.atoll.store.StoreReader;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.japi.AsyncWriteJournal;
import org.rocksdb.RocksDBException;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;

/** The Pekko journal plugin over the embedded store; plugin id {@code atoll.journal}. */
public final class EmbeddedJournal extends AsyncWriteJournal {
  private static final Iterable<Optional<Exception>> NOTHING_REJECTED = List.of();

  private final EmbeddedStore store = StoreExtension.of(context().system());
  private final EventRecords records = new EventRecords((ExtendedActorSystem) context().system());

  /** The last write of a stream that is not on disk yet: who recovers waits for it. */
  private final ConcurrentMap<String, CompletableFuture<Void>> underWay = new ConcurrentHashMap<>();

  @Override
  public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(
      Iterable<AtomicWrite> messages) {
    AppendEvents append = append(messages);
    CompletableFuture<Void> written = store.commit(append).toCompletableFuture();
    underWay.put(append.stream(), written);
    CompletableFuture<Iterable<Optional<Exception>>> answer = new CompletableFuture<>();
    written.whenComplete((done, failure) -> {
      underWay.remove(append.stream(), written);
      if (failure == null) {
        answer.complete(NOTHING_REJECTED);
      } else {
        answer.completeExceptionally(failure);
      }
    });
    return FutureConverters.asScala(answer);
  }

  @Override
  public Future<Void> doAsyncDeleteMessagesTo(String persistenceId, long toSequenceNr) {
    return FutureConverters.asScala(store.commit(new TrimStream(persistenceId, toSequenceNr)));
  }

  @Override
  public Future<Long> doAsyncReadHighestSequenceNr(String persistenceId, long fromSequenceNr) {
    CompletionStage<Void> written =
        underWay.getOrDefault(persistenceId, CompletableFuture.completedFuture(null));
    return FutureConverters.asScala(
        written
            .handle((done, failure) -> persistenceId)
            .thenCompose(stream -> store.read(reader -> highest(reader, stream))));
  }

  @Override
  public Future<Void> doAsyncReplayMessages(
      String persistenceId,
      long fromSequenceNr,
      long toSequenceNr,
      long max,
      Consumer<PersistentRepr> replayCallback) {
    return FutureConverters.asScala(
        store
            .read(
                new ReplayEvents(
                    records,
                    persistenceId,
                    fromSequenceNr,
                    toSequenceNr,
                    max,
                    Long.MAX_VALUE,
                    replayCallback))
            .thenAccept(count -> {}));
  }

  private static long highest(StoreReader reader, String stream) throws RocksDBException {
    Head head = reader.head(stream);
    reader.hasSeen(stream, head);
    return head.highest();
  }

  /** One change for all: they are the writes of one persistent actor. */
  private AppendEvents append(Iterable<AtomicWrite> messages) {
    List<PersistentRepr> events = EventRow.of(messages);
    PersistentRepr first = events.getFirst();
    return new AppendEvents(
        first.persistenceId(), first.sequenceNr(), events.stream().map(records::row).toList());
  }
}
