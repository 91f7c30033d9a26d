package io.atoll.cassandra;

import io.atoll.directory.PlanStoreContract;
import io.atoll.plan.PlanStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

class CassandraPlanStoreIT extends PlanStoreContract {
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
    Cassandras.empty(session, "plans");
  }

  @Override
  protected PlanStore store() {
    return new CassandraPlanStore(session);
  }
}
