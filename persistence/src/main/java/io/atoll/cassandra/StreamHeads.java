package io.atoll.cassandra;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Up to which number streams are deleted; these numbers only grow. Thread-safe. */
final class StreamHeads {
  private final CassandraSession session;
  private final PreparedStatement get;
  private final PreparedStatement begin;
  private final PreparedStatement trim;
  private final PreparedStatement erase;

  StreamHeads(CassandraSession session) {
    this.session = session;
    this.get = session.prepare("SELECT deleted_to, empty_at FROM streams WHERE stream = ?");
    this.begin =
        session.prepareConditional(
            "INSERT INTO streams (stream, deleted_to, empty_at) VALUES (?, 0, 0) IF NOT EXISTS");
    this.trim =
        session.prepareConditional(
            "UPDATE streams SET deleted_to = ? WHERE stream = ? IF deleted_to < ?");
    this.erase =
        session.prepareConditional(
            "UPDATE streams SET deleted_to = ?, empty_at = ? WHERE stream = ? IF empty_at < ?");
  }

  CompletionStage<Head> head(String stream) {
    return session.execute(get.bind(stream)).thenApply(found -> Head.of(found.one()));
  }

  CompletionStage<Void> trim(String stream, long to) {
    return begin(stream, to)
        .thenCompose(begun -> session.execute(trim.bind(to, stream, to)))
        .thenAccept(done -> {});
  }

  CompletionStage<Void> erase(String stream, long at) {
    return begin(stream, at)
        .thenCompose(begun -> session.execute(erase.bind(at, at, stream, at)))
        .thenAccept(done -> {});
  }

  private CompletionStage<?> begin(String stream, long to) {
    return to == 0 ? CompletableFuture.completedFuture(null) : session.execute(begin.bind(stream));
  }

  /**
   * Up to which number events are deleted, and where the stream's state was last known to be empty.
   */
  record Head(long deletedTo, long emptyAt) {
    static Head of(@Nullable Row row) {
      return row == null
          ? new Head(0, 0)
          : new Head(row.getLong("deleted_to"), row.getLong("empty_at"));
    }

    /** Whether the events after this number are not all there are to know. */
    boolean lacks(long snapshot) {
      return deletedTo > emptyAt && snapshot < deletedTo;
    }

    /**
     * Whether the kept events go on where this snapshot ends (0: no snapshot). Not after events
     * were deleted that it lacks, nor after the stream was erased since it was taken.
     */
    boolean continues(long snapshot) {
      return !lacks(snapshot) && (snapshot == 0 || snapshot > emptyAt);
    }
  }
}
