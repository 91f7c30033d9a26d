package io.atoll.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import io.atoll.store.StoreRefusedException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A node's session with Cassandra. All statements run at {@code LOCAL_QUORUM}, their conditions at
 * {@code LOCAL_SERIAL}. What follows on an answer runs on the executor, never on the driver's
 * threads. Thread-safe.
 */
public final class CassandraSession implements AutoCloseable {
  private final CqlSession session;
  private final Executor executor;

  private CassandraSession(CqlSession session, Executor executor) {
    this.session = session;
    this.executor = executor;
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
      return new CassandraSession(session, executor);
    } catch (DriverException failed) {
      throw new StoreRefusedException(
          "Cassandra at %s cannot be used: %s"
              .formatted(String.join(", ", settings.contactPoints()), failed.getMessage()),
          failed);
    }
  }

  private static CqlSessionBuilder connect(CassandraSettings settings) {
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
    return session.executeAsync(statement).thenApplyAsync(Function.identity(), executor);
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
    return execute(statement).thenCompose(page -> handOn(page, receiver));
  }

  private CompletionStage<Void> handOn(AsyncResultSet page, Predicate<Row> receiver) {
    for (Row row : page.currentPage()) {
      if (!receiver.test(row)) {
        return CompletableFuture.completedFuture(null);
      }
    }
    return page.hasMorePages()
        ? page.fetchNextPage().thenComposeAsync(next -> handOn(next, receiver), executor)
        : CompletableFuture.completedFuture(null);
  }

  /** Completes when a quorum of the replicas has answered a read. */
  public CompletionStage<?> ping() {
    return execute(SimpleStatement.newInstance(Schema.VERSIONS).setIdempotent(true));
  }

  @Override
  public void close() {
    session.close();
  }
}
