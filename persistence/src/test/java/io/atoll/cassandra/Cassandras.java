package io.atoll.cassandra;

import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.atoll.store.Stores;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;

/** Sessions with the Cassandra of the tests, in one keyspace: to make its tables takes a while. */
final class Cassandras {
  private Cassandras() {}

  /** The configuration of an actor system over it. */
  static Config config() {
    return ConfigFactory.parseString(
            """
            atoll.cassandra {
              contact-points = ["%s"]
              keyspace = tests
              replication = "{'class': 'SimpleStrategy', 'replication_factor': 1}"
              request-timeout = 60s
              silence = 60s
              journal.circuit-breaker.call-timeout = 60s
              snapshot-store.circuit-breaker.call-timeout = 60s
            }
            pekko {
              persistence.journal.plugin = atoll.cassandra.journal
              persistence.snapshot-store.plugin = atoll.cassandra.snapshot-store
              actor.allow-java-serialization = off
              coordinated-shutdown.run-by-jvm-shutdown-hook = off
              loglevel = WARNING
              test.single-expect-default = 60s
              test.default-timeout = 60s
            }
            """
                .formatted(CassandraServer.shared().contactPoint()))
        .withFallback(ConfigFactory.load());
  }

  static CassandraSession open() {
    return open("");
  }

  /** A session with some of the settings changed. */
  static CassandraSession open(String changed) {
    return open(changed, ForkJoinPool.commonPool());
  }

  static CassandraSession open(String changed, Executor executor) {
    return CassandraSession.open(
        CassandraSettings.from(ConfigFactory.parseString(changed).withFallback(config())),
        executor);
  }

  static void empty(CassandraSession session, String... tables) {
    for (String table : tables) {
      run(session, "TRUNCATE " + table);
    }
  }

  static void run(CassandraSession session, String statement) {
    Stores.result(session.execute(SimpleStatement.newInstance(statement)));
  }
}
