package io.atoll.journal;

import io.atoll.store.EmbeddedStore;
import io.atoll.store.Stores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * An event of each of so many streams at once, until all are on the disk: with fsync, and without
 * to see what is not the disk's. The folder is below the JVM's temporary one.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class CommitBenchmark {
  private static final int EVENT_BYTES = 400;

  @Param({"1", "64"})
  private int events;

  @Param({"on", "off"})
  private String fsync = "";

  private final Payload payload = new Payload(1, "benchmark", new byte[EVENT_BYTES]);
  private @Nullable Path folder;
  private @Nullable EmbeddedStore store;
  private long number;

  @Setup
  public void open() throws IOException {
    folder = Files.createTempDirectory("atoll-commit");
    store = Stores.open(folder, "fsync = " + fsync);
  }

  @TearDown
  public void close() throws IOException {
    if (store != null) {
      store.close();
    }
    if (folder != null) {
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).forEach(CommitBenchmark::delete);
      }
    }
  }

  @Benchmark
  public void commit() {
    if (store == null) {
      throw new IllegalStateException("not open");
    }
    number++;
    CompletableFuture<?>[] pending = new CompletableFuture<?>[events];
    for (int stream = 0; stream < events; stream++) {
      pending[stream] = store.commit(append("stream-" + stream)).toCompletableFuture();
    }
    CompletableFuture.allOf(pending).join();
  }

  private AppendEvents append(String stream) {
    return new AppendEvents(
        stream, number, List.of(EventRecords.row(stream, number, number, payload)));
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
