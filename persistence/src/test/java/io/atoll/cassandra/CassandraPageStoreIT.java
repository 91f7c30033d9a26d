package io.atoll.cassandra;

import io.atoll.journal.PageStoreContract;
import io.atoll.map.PageStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

class CassandraPageStoreIT extends PageStoreContract {
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
    Cassandras.empty(session, "pages", "page_marks");
  }

  @Override
  protected PageStore pages() {
    return new CassandraPageStore(session);
  }
}
