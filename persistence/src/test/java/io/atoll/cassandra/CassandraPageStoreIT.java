package io.atoll.cassandra;

import static io.atoll.store.Stores.failure;
import static io.atoll.store.Stores.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.journal.PageStoreContract;
import io.atoll.map.PageStore;
import io.atoll.map.PageStore.PageBytes;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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

  /** More at once than wait would be refused, and as many would wait before all others. */
  @Test
  void deletingManyPagesLeavesRoomForOthers() {
    List<Long> numbers = LongStream.range(0, 1_000).boxed().toList();
    for (Long number : numbers) {
      result(pages().write("large", List.of(new PageBytes(number, new byte[1]))));
    }
    String few = "atoll.cassandra { requests = 64, queued-requests = 100 }";
    try (CassandraSession narrow = Cassandras.open(few)) {
      result(new CassandraPageStore(narrow).delete("large", numbers));
    }
    assertThat(result(pages().numbers("large"))).isEmpty();
    assertThat(failure(pages().read("large", 999))).isInstanceOf(NoSuchElementException.class);
  }

  @Override
  protected PageStore pages() {
    return new CassandraPageStore(session);
  }
}
