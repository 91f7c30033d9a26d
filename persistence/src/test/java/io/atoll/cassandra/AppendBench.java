package io.atoll.cassandra;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.atoll.store.Stores;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * What the condition of an append costs: appends of 300 bytes to many streams, one under way in
 * each, with the condition and as plain inserts. Not a test; docs/decisions/0020 has the figures.
 */
final class AppendBench {
  private static final int STREAMS = 128;
  private static final int APPENDS = 150;
  private static final int ROUNDS = 4;
  private static final byte[] EVENT = new byte[300];
  private static final List<Long> NANOS = new ArrayList<>();

  private AppendBench() {}

  public static void main(String[] arguments) {
    try (CassandraSession session = Cassandras.open()) {
      EventStreams streams = new EventStreams(session);
      PreparedStatement insert =
          session.prepare("INSERT INTO events (stream, bucket, last, events) VALUES (?, 0, ?, ?)");
      for (int round = 0; round < ROUNDS; round++) {
        measure(
            "conditional",
            stream -> {
              Bucket claim = Stores.result(streams.claim(stream, UUID.randomUUID()));
              return chain(streams, stream, claim, 1);
            });
        measure("plain", stream -> plain(session, insert, stream, 1));
      }
    }
    System.exit(0);
  }

  private static CompletionStage<Void> chain(
      EventStreams streams, String stream, Bucket claim, long number) {
    long start = System.nanoTime();
    return streams
        .append(stream, claim, number, EVENT)
        .thenCompose(next -> {
          done(start);
          return number == APPENDS
              ? CompletableFuture.completedFuture(null)
              : chain(streams, stream, next, number + 1);
        });
  }

  private static CompletionStage<Void> plain(
      CassandraSession session, PreparedStatement insert, String stream, long number) {
    long start = System.nanoTime();
    return session
        .execute(insert.bind(stream, number, ByteBuffer.wrap(EVENT)))
        .thenCompose(next -> {
          done(start);
          return number == APPENDS
              ? CompletableFuture.completedFuture(null)
              : plain(session, insert, stream, number + 1);
        });
  }

  private static void done(long start) {
    synchronized (NANOS) {
      NANOS.add(System.nanoTime() - start);
    }
  }

  private static void measure(String name, Function<String, CompletionStage<Void>> run) {
    for (int atOnce : new int[] {1, STREAMS}) {
      NANOS.clear();
      long start = System.nanoTime();
      List<CompletionStage<Void>> all = new ArrayList<>();
      for (int i = 0; i < atOnce; i++) {
        all.add(run.apply(UUID.randomUUID().toString()));
      }
      all.forEach(each -> Stores.result(each));
      double seconds = (System.nanoTime() - start) / 1e9;
      long[] sorted = NANOS.stream().mapToLong(it -> it).sorted().toArray();
      System.out.printf(
          "%s, %d streams: %.0f appends/s, p50 %.2f ms, p99 %.2f ms%n",
          name,
          atOnce,
          sorted.length / seconds,
          sorted[sorted.length / 2] / 1e6,
          sorted[sorted.length * 99 / 100] / 1e6);
    }
  }
}
