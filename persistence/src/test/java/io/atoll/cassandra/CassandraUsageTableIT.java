package io.atoll.cassandra;

import static io.atoll.store.Stores.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.directory.UsageTableContract;
import io.atoll.usage.UsageBucket;
import io.atoll.usage.UsageTable;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CassandraUsageTableIT extends UsageTableContract {
  private static final UsageBucket BEFORE = new UsageBucket(10, 1, 2, 3, 4, -5, 6, 7, 8, 9, 10, 11);

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

  @Test
  void whatAnotherNodeStoredMeanwhileStaysWhenANodeGoesOnAfterAPause() {
    UsageBucket more = BEFORE.plus(BEFORE);
    try (Paused answers = new Paused();
        CassandraSession paused = Cassandras.open("", answers)) {
      CompletionStage<Void> stored =
          new CassandraUsageTable(paused).upsert("acme", 1, List.of(BEFORE));
      answers.awaitOne();
      result(table().upsert("acme", 1, List.of(more)));
      answers.goOn();
      result(stored);
    }
    assertThat(result(table().read("acme", 1, 0, 100))).containsExactly(more);
  }

  /** A node that stands still: answers come and nothing follows, until it goes on. */
  private static final class Paused implements Executor, AutoCloseable {
    private final CountDownLatch one = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService thread = Executors.newSingleThreadExecutor();

    Paused() {
      thread.execute(() -> {
        try {
          end.await();
        } catch (InterruptedException interrupted) {
          throw new AssertionError(interrupted);
        }
      });
    }

    @Override
    public void execute(Runnable answer) {
      thread.execute(answer);
      one.countDown();
    }

    void awaitOne() {
      try {
        assertThat(one.await(60, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException interrupted) {
        throw new AssertionError(interrupted);
      }
    }

    void goOn() {
      end.countDown();
    }

    @Override
    public void close() {
      goOn();
      thread.close();
    }
  }
}
