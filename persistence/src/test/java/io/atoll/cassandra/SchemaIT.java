package io.atoll.cassandra;

import static io.atoll.store.Stores.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.typesafe.config.ConfigFactory;
import io.atoll.store.StoreRefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
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

  private static CassandraSession open(String keyspace, String more) {
    return CassandraSession.open(
        CassandraSettings.from(
            ConfigFactory.parseString(more + "atoll.cassandra.keyspace = " + keyspace)
                .withFallback(Cassandras.config())),
        ForkJoinPool.commonPool());
  }
}
