package io.atoll.cassandra;

import static io.atoll.store.Stores.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.typesafe.config.ConfigFactory;
import io.atoll.store.StoreRefusedException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SchemaIT {
  private static final String OFF = "atoll.cassandra.migrate = off, ";

  @Test
  void nodesThatStartAtTheSameTimeMakeTheTablesOnce() {
    List<CompletableFuture<Void>> nodes = new ArrayList<>();
    for (int node = 0; node < 4; node++) {
      nodes.add(
          CompletableFuture.runAsync(
              () -> open("schema_it", "").close(), Thread::startVirtualThread));
    }
    nodes.forEach(node -> result(node));
    try (CassandraSession session = open("schema_it", OFF)) {
      List<Row> versions = new ArrayList<>();
      result(session.forEach(SimpleStatement.newInstance(Schema.VERSIONS), versions::add));
      assertThat(versions)
          .hasSize(Schema.NEWEST)
          .extracting(row -> row.getInt("version"))
          .doesNotHaveDuplicates()
          .contains(Schema.NEWEST);
      assertThat(versions).allMatch(row -> row.isNull("lock"));
    }
  }

  @Test
  void aNodeThatFindsTheTablesMakesNothing() {
    List<String> statements = new ArrayList<>();
    require("found_it", statement -> {});
    require("found_it", statements::add);
    assertThat(statements).isNotEmpty().noneMatch(it -> it.startsWith("CREATE"));
  }

  @Test
  void theLockIsRenewedBeforeEachChange() {
    List<String> statements = new ArrayList<>();
    require("renewed_it", statements::add);
    List<String> locked = statements.subList(indexOf(statements, "UPDATE"), statements.size());
    for (int at = 0; at < locked.size(); at++) {
      if (locked.get(at).matches("(?s)(CREATE|INSERT) .*")) {
        assertThat(locked.get(at - 1)).matches("UPDATE .* USING TTL 120 SET lock = (.*) .*= \\1");
      }
    }
    assertThat(locked).hasSizeGreaterThan(2 * Schema.NEWEST);
  }

  @Test
  void aNodeThatHasLostTheLockChangesNothingMore() {
    UUID other = UUID.randomUUID();
    List<String> statements = new ArrayList<>();
    assertThatThrownBy(() ->
            require(
                "lost_it",
                statement -> {
                  statements.add(statement);
                  if (statement.contains("lost_it.streams")) {
                    stealLock("lost_it", other);
                  }
                }))
        .isInstanceOf(StoreRefusedException.class)
        .hasMessageContaining("has lost the lock");
    assertThat(statements.subList(indexOf(statements, "lost_it.streams") + 1, statements.size()))
        .noneMatch(it -> it.matches("(?s)(CREATE|INSERT) .*"));
    assertThat(lockOf("lost_it")).isEqualTo(other);
  }

  @Test
  void aNodeThatMayNotMakeTablesSaysWhatToDo() {
    assertThatThrownBy(() -> open("nothing_it", OFF))
        .isInstanceOf(StoreRefusedException.class)
        .hasMessageContaining(
            "version 0, this node needs " + Schema.NEWEST + ": start one node with");
  }

  @Test
  void tablesOfANewerVersionAreUsedAsTheyAre() {
    try (CassandraSession session = open("newer_it", "")) {
      Cassandras.run(session, "INSERT INTO schema_version (part, version) VALUES ('atoll', 99)");

      open("newer_it", "").close();
    }
  }

  @Test
  void tablesThatANewerVersionHasChangedForGoodAreLeftAlone() {
    try (CassandraSession session = open("breaking_it", "")) {
      Cassandras.run(session, "INSERT INTO schema_version (part, version) VALUES ('breaking', 99)");

      assertThatThrownBy(() -> open("breaking_it", ""))
          .isInstanceOf(StoreRefusedException.class)
          .hasMessageContaining(
              "of version 99, with which this node, which knows %d, cannot work"
                  .formatted(Schema.NEWEST));
    }
  }

  @Test
  void aCassandraThatDoesNotAnswerIsNamed() {
    assertThatThrownBy(
            () -> open("nothing_it", "atoll.cassandra.contact-points = [\"127.0.0.1:1\"], "))
        .isInstanceOf(StoreRefusedException.class)
        .hasMessageStartingWith("Cassandra at 127.0.0.1:1 cannot be used: ");
  }

  private static int indexOf(List<String> statements, String part) {
    return IntStream.range(0, statements.size())
        .filter(at -> statements.get(at).contains(part))
        .findFirst()
        .orElseThrow();
  }

  private static void stealLock(String keyspace, UUID thief) {
    try (CqlSession session = CassandraSession.connect(settings(keyspace, "")).build()) {
      session.execute(
          "UPDATE %s.schema_version SET lock = %s WHERE part = 'atoll' IF lock != null"
              .formatted(keyspace, thief));
    }
  }

  private static @Nullable UUID lockOf(String keyspace) {
    try (CqlSession session = CassandraSession.connect(settings(keyspace, "")).build()) {
      Row row = session.execute("SELECT lock FROM %s.schema_version".formatted(keyspace)).one();
      return row == null ? null : row.getUuid("lock");
    }
  }

  /** As a node does when it starts; each statement is told before it is executed. */
  private static void require(String keyspace, Consumer<String> told) {
    CassandraSettings settings = settings(keyspace, "");
    try (CqlSession session = CassandraSession.connect(settings).build()) {
      new Schema(telling(session, told), settings).require();
    }
  }

  private static CqlSession telling(CqlSession session, Consumer<String> told) {
    return (CqlSession)
        Proxy.newProxyInstance(
            SchemaIT.class.getClassLoader(),
            new Class<?>[] {CqlSession.class},
            (proxy, method, arguments) -> {
              if (arguments != null && arguments[0] instanceof SimpleStatement statement) {
                told.accept(statement.getQuery());
              }
              try {
                return method.invoke(session, arguments);
              } catch (InvocationTargetException failed) {
                throw failed.getCause();
              }
            });
  }

  private static CassandraSession open(String keyspace, String more) {
    return CassandraSession.open(settings(keyspace, more), ForkJoinPool.commonPool());
  }

  private static CassandraSettings settings(String keyspace, String more) {
    return CassandraSettings.from(
        ConfigFactory.parseString(more + "atoll.cassandra.keyspace = " + keyspace)
            .withFallback(Cassandras.config()));
  }
}
