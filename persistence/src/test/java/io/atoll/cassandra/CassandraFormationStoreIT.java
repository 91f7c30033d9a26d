package io.atoll.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.formation.Formation;
import io.atoll.formation.FormationStore;
import io.atoll.store.Stores;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CassandraFormationStoreIT {
  private static final Duration LIFE = Duration.ofHours(1);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private static CassandraSession session;

  @BeforeAll
  static void open() {
    session = Cassandras.open();
  }

  @AfterAll
  static void close() {
    if (session != null) {
      session.close();
    }
  }

  @BeforeEach
  void empty() {
    Cassandras.empty(session, "nodes");
  }

  @Test
  void atFirstNoClusterWasFormed() {
    assertThat(read()).isEqualTo(new Formation(0, Map.of()));
  }

  @Test
  void clustersAreNumberedInTheOrderInWhichTheyWereFormed() {
    assertThat(Stores.result(store().form(0))).isTrue();
    assertThat(Stores.result(store().form(1))).isTrue();

    assertThat(read()).isEqualTo(new Formation(2, Map.of()));
  }

  @Test
  void aClusterIsFormedByOneNodeOnly() {
    assertThat(Stores.result(store().form(0))).isTrue();

    assertThat(Stores.result(store().form(0))).isFalse();
    assertThat(read().number()).isEqualTo(1);
  }

  @Test
  void aNodeIsAliveUntilItIsForgotten() {
    Stores.result(store().say("a:1", 1, LIFE));
    Stores.result(store().say("b:1", 2, LIFE));

    assertThat(read()).isEqualTo(new Formation(0, Map.of("a:1", 1L, "b:1", 2L)));

    Stores.result(store().forget("a:1"));

    assertThat(read().nodes()).isEqualTo(Map.of("b:1", 2L));
  }

  @Test
  @Timeout(60)
  void aNodeThatSaysNothingMoreIsForgotten() {
    Stores.result(store().form(0));
    Stores.result(store().say("a:1", 1, Duration.ofSeconds(1)));

    while (!read().nodes().isEmpty()) {
      LockSupport.parkNanos(PAUSE.toNanos());
    }

    assertThat(read().number()).isEqualTo(1);
  }

  private static Formation read() {
    return Stores.result(store().read());
  }

  private static FormationStore store() {
    return new CassandraFormationStore(session);
  }
}
