package io.atoll.cassandra;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import io.atoll.map.StoreState;
import io.atoll.store.CommitListener;
import io.atoll.store.StoreRefusedException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/**
 * A node's session with Cassandra. All statements run at {@code LOCAL_QUORUM}, their conditions at
 * {@code LOCAL_SERIAL}. What follows on an answer runs on the executor, never on the driver's
 * threads. While Cassandra does not answer all requests fail at once. Thread-safe.
 */
public final class CassandraSession implements AutoCloseable {
  private static final SimpleStatement PROBE =
      SimpleStatement.newInstance("SELECT key FROM system.local")
          .setConsistencyLevel(ConsistencyLevel.ONE)
          .setIdempotent(true);

  private final CqlSession session;
  private final Pulse pulse;
  private volatile CommitListener listener = (changes, bytes, nanos) -> {};
  private final Requests requests;

  private CassandraSession(CqlSession session, CassandraSettings settings, Executor executor) {
    this.session = session;
    this.pulse = new Pulse(settings.readsWhileDown(), System::nanoTime);
    SimpleStatement probe = PROBE.setTimeout(settings.silence());
    this.requests =
        new Requests(pulse, settings.silence(), () -> session.executeAsync(probe), executor);
  }

  /**
   * Connects, and brings the tables up to date where the settings say so. Blocks.
   *
   * @throws StoreRefusedException when Cassandra does not answer or its tables do not fit
   */
  public static CassandraSession open(CassandraSettings settings, Executor executor) {
    try {
      try (CqlSession schema = connect(settings).build()) {
        new Schema(schema, settings).require();
      }
      CqlSession session = connect(settings).withKeyspace(settings.keyspace()).build();
      return new CassandraSession(session, settings, executor);
    } catch (DriverException failed) {
      throw new StoreRefusedException(
          "Cassandra at %s cannot be used: %s"
              .formatted(String.join(", ", settings.contactPoints()), failed.getMessage()),
          failed);
    }
  }

  static CqlSessionBuilder connect(CassandraSettings settings) {
    CqlSessionBuilder builder =
        CqlSession.builder()
            .withConfigLoader(DriverOptions.of(settings))
            .withLocalDatacenter(settings.datacenter());
    settings.contactPoints().forEach(point -> builder.addContactPoint(address(point)));
    return settings.username().isEmpty()
        ? builder
        : builder.withAuthCredentials(settings.username(), settings.password());
  }

  private static InetSocketAddress address(String point) {
    int colon = point.lastIndexOf(':');
    return new InetSocketAddress(
        point.substring(0, colon), Integer.parseInt(point.substring(colon + 1)));
  }

  /** A statement that may be sent twice without harm. Blocks until Cassandra has seen it. */
  PreparedStatement prepare(String cql) {
    return session.prepare(SimpleStatement.newInstance(cql).setIdempotent(true));
  }

  /** A statement with a condition: sent again it would find its own effect. Blocks. */
  PreparedStatement prepareConditional(String cql) {
    return session.prepare(SimpleStatement.newInstance(cql).setIdempotent(false));
  }

  CompletionStage<AsyncResultSet> execute(Statement<?> statement) {
    return requests.send(() -> session.executeAsync(statement));
  }

  /** Completes when all are done; fails when one has failed. */
  CompletionStage<Void> executeAll(List<? extends Statement<?>> statements) {
    return CompletableFuture.allOf(
        statements.stream()
            .map(statement -> execute(statement).toCompletableFuture())
            .toArray(CompletableFuture[]::new));
  }

  /** Hands the rows on, page by page, until there are no more or one is answered with false. */
  CompletionStage<Void> forEach(Statement<?> statement, Predicate<Row> receiver) {
    return execute(statement).thenCompose(page -> forEach(page, receiver));
  }

  /** The same with rows of which the first page was read. */
  CompletionStage<Void> forEach(AsyncResultSet page, Predicate<Row> receiver) {
    for (Row row : page.currentPage()) {
      if (!receiver.test(row)) {
        return CompletableFuture.completedFuture(null);
      }
    }
    return page.hasMorePages()
        ? requests.send(page::fetchNextPage).thenCompose(next -> forEach(next, receiver))
        : CompletableFuture.completedFuture(null);
  }

  /**
   * A time for {@code USING TIMESTAMP}, microseconds of the clock of this machine: of two values
   * the one with the later time stays, whichever arrives last.
   */
  long nextTimestamp() {
    return session.getContext().getTimestampGenerator().next();
  }

  /** Completes when a quorum of the replicas has answered a read. */
  public CompletionStage<?> ping() {
    return execute(SimpleStatement.newInstance(Schema.VERSIONS).setIdempotent(true));
  }

  /** From now on this listener is told of each append to a stream of events. */
  public void onCommit(CommitListener told) {
    listener = told;
  }

  /** An append of so many events has succeeded; it was begun at this monotonic time. */
  void appended(int events, long bytes, long beganNanos) {
    listener.committed(events, bytes, System.nanoTime() - beganNanos);
  }

  /** Whether Cassandra answers, as far as is known. */
  public StoreState state() {
    return pulse.state();
  }

  @Override
  public void close() {
    requests.close();
    session.close();
  }
}
