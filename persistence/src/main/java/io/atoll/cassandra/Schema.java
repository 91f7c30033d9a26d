package io.atoll.cassandra;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import io.atoll.store.StoreRefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * The tables, as numbered CQL files make them, one after the other and each once. Nodes that start
 * at the same time take turns: a lock in the table of versions, which its holder loses when it does
 * not come to an end.
 */
final class Schema {
  /** Versions that are there, and who holds the lock. */
  static final String VERSIONS = "SELECT version, lock FROM schema_version WHERE part = 'atoll'";

  /**
   * The files, in order; file {@code n} makes version {@code n}. Only ever added to. A node works
   * with the tables of later versions too, so that nodes can be rolled back, unless a file ends
   * that: it inserts its number into {@code schema_version} with the part {@code breaking}.
   */
  private static final List<String> FILES =
      List.of(
          "0001-tables.cql",
          "0002-placements.cql",
          "0003-plans.cql",
          "0004-nodes.cql",
          "0005-placement-changes.cql",
          "0006-migration-names.cql");

  /** The version of the tables that this node needs. */
  static final int NEWEST = FILES.size();

  private static final int LOCK_SECONDS = 120;
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final Duration CHANGE_BOUND = Duration.ofSeconds(60);
  private static final int MOST_PAUSES = 1500;

  private final CqlSession session;
  private final CassandraSettings settings;
  private final UUID me = UUID.randomUUID();

  Schema(CqlSession session, CassandraSettings settings) {
    this.session = session;
    this.settings = settings;
  }

  /** Makes sure that the tables are of this version; fails with {@link StoreRefusedException}. */
  void require() {
    if (settings.migrate()) {
      makeVersions();
    }
    if (version() < NEWEST) {
      if (!settings.migrate()) {
        throw new StoreRefusedException(
            "The tables in keyspace %s are of version %d, this node needs %d: start one node with atoll.cassandra.migrate = on."
                .formatted(settings.keyspace(), version(), NEWEST));
      }
      migrate();
    }
    int breaking = version("breaking");
    if (breaking > NEWEST) {
      throw new StoreRefusedException(
          "The tables in keyspace %s are of version %d, with which this node, which knows %d, cannot work: use a newer version of Atoll."
              .formatted(settings.keyspace(), breaking, NEWEST));
    }
  }

  /**
   * Makes the table of the lock, so without it: two nodes that do so through two nodes of Cassandra
   * may make two tables, and those that start later had better not try.
   */
  private void makeVersions() {
    session.checkSchemaAgreement();
    if (versionsAnswer()) {
      return;
    }
    execute(
        "CREATE KEYSPACE IF NOT EXISTS %s WITH replication = %s"
            .formatted(settings.keyspace(), settings.replication()));
    execute(
        "CREATE TABLE IF NOT EXISTS "
            + settings.keyspace()
            + ".schema_version (part text, version int, applied_at timestamp, lock uuid static,"
            + " PRIMARY KEY (part, version))");
    session.checkSchemaAgreement();
  }

  /**
   * A table that is just in the making for another node is listed already and does not answer;
   * Cassandra makes a statement that makes it, too, wait until it does.
   */
  private boolean versionsAnswer() {
    try {
      execute(qualified(VERSIONS));
      return true;
    } catch (InvalidQueryException missing) {
      return false;
    }
  }

  private boolean hasVersions() {
    return session
        .execute(
            "SELECT table_name FROM system_schema.tables WHERE keyspace_name = ? AND table_name ="
                + " 'schema_version'",
            settings.keyspace())
        .iterator()
        .hasNext();
  }

  private int version() {
    return version("atoll");
  }

  private int version(String part) {
    int version = 0;
    String versions = qualified(VERSIONS).replace("'atoll'", "'" + part + "'");
    for (Row row : hasVersions() ? execute(versions) : List.<Row>of()) {
      version = Math.max(version, row.getInt("version"));
    }
    return version;
  }

  private void migrate() {
    lock();
    for (int next = version() + 1; next <= NEWEST; next++) {
      for (String statement : statements(FILES.get(next - 1))) {
        executeLocked(statement);
      }
      executeLocked(
          "INSERT INTO schema_version (part, version, applied_at) VALUES ('atoll', %d, toTimestamp(now()))"
              .formatted(next));
    }
    execute(
        qualified("UPDATE schema_version SET lock = null WHERE part = 'atoll' IF lock = " + me));
  }

  /** Waits for the lock; a holder that is gone loses it after a while. */
  private void lock() {
    for (int tries = 0; !lockIf("null"); tries++) {
      if (tries == MOST_PAUSES) {
        throw new StoreRefusedException("Another node is changing the tables and does not end.");
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /** Each statement has the lock's whole time: all of them together may take longer. */
  private void executeLocked(String statement) {
    if (!lockIf(me.toString())) {
      throw new StoreRefusedException(
          "This node took so long to change the tables in keyspace %s that it has lost the lock; another node may be changing them now: start this node again."
              .formatted(settings.keyspace()));
    }
    execute(qualified(statement));
  }

  /** Takes the lock for its time, from now on, if it is held so; answers whether it was. */
  private boolean lockIf(String holder) {
    return execute(
            qualified(
                "UPDATE schema_version USING TTL %d SET lock = %s WHERE part = 'atoll' IF lock = %s"
                    .formatted(LOCK_SECONDS, me, holder)))
        .wasApplied();
  }

  private ResultSet execute(String statement) {
    return session.execute(SimpleStatement.newInstance(statement).setTimeout(CHANGE_BOUND));
  }

  /** Our statements name their one table without the keyspace. */
  private String qualified(String statement) {
    return statement.replaceFirst(
        "\\b(TABLE IF NOT EXISTS|FROM|INTO|UPDATE) ", "$1 " + settings.keyspace() + ".");
  }

  private static List<String> statements(String file) {
    try (InputStream in = Schema.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("The file " + file + " is not in the jar.");
      }
      String text = new String(in.readAllBytes(), UTF_8).replaceAll("(?m)^\\s*--.*$", "");
      return List.of(text.split(";\\s*")).stream()
          .map(String::strip)
          .filter(it -> !it.isEmpty())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
