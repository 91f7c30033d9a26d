package io.atoll.cassandra;

import io.atoll.directory.UsageTableContract;
import io.atoll.usage.UsageTable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

class CassandraUsageTableIT extends UsageTableContract {
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
    Cassandras.empty(session, "usage", "usage_buckets");
  }

  @Override
  protected UsageTable table() {
    return new CassandraUsageTable(session);
  }
}
