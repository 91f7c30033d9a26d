package io.atoll.journal;

import io.atoll.map.History;
import io.atoll.store.EmbeddedStore;
import io.atoll.store.Keys;
import io.atoll.store.Table;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The histories of the streams in the embedded store. */
public final class EmbeddedHistory implements History {
  private final EmbeddedStore store;

  public EmbeddedHistory(EmbeddedStore store) {
    this.store = store;
  }

  @Override
  public CompletionStage<Void> trim(String persistenceId, long toSequenceNr) {
    return store
        .commit(new TrimStream(persistenceId, toSequenceNr))
        .thenCompose(trimmed -> snapshotsBefore(persistenceId, toSequenceNr))
        .thenCompose(keys -> store.commit(new DeleteSnapshots(keys)));
  }

  @Override
  public CompletionStage<Void> erase(String persistenceId) {
    return store.commit(new EraseStream(persistenceId));
  }

  private CompletionStage<List<byte[]>> snapshotsBefore(String stream, long number) {
    return store.read(reader -> {
      long first = Math.min(number, reader.head(stream).highest());
      return reader.keys(Table.SNAPSHOTS, Keys.of(stream)).stream()
          .filter(key -> Keys.number(key) < first)
          .toList();
    });
  }
}
