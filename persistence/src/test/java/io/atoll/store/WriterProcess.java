package io.atoll.store;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.rocksdb.RocksDBException;

/**
 * The program that is killed: many writers, each with one event under way, tell each acknowledged
 * event as {@code ack <stream> <number>} and each sync of the log as {@code synced <file> <size>},
 * one line in one write. Arguments: folder, fsync on or off, number of writers.
 */
public final class WriterProcess {
  private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);

  private final EmbeddedStore store;

  private WriterProcess(EmbeddedStore store) {
    this.store = store;
  }

  public static void main(String[] arguments) throws InterruptedException {
    Path folder = Path.of(arguments[0]);
    SyncWatch watch = new SyncWatch(folder.resolve("store"));
    EmbeddedStore store =
        EmbeddedStore.open(
            Stores.settings(folder, "fsync = " + arguments[1]),
            Runnable::run,
            FatalFailure.exit(),
            disk ->
                batch -> {
                  disk.write(batch);
                  watch.tellIfSynced();
                });
    watch.store = store;
    for (int writer = 0; writer < Integer.parseInt(arguments[2]); writer++) {
      String stream = "stream" + writer;
      new WriterProcess(store).write(stream, Numbered.highest(store, stream) + 1);
    }
    new CountDownLatch(1).await();
  }

  private void write(String stream, long number) {
    store
        .commit(new Numbered(stream, number))
        .thenRun(() -> {
          tell("ack " + stream + " " + number);
          write(stream, number + 1);
        });
  }

  private static void tell(String line) {
    try {
      OUT.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sees in RocksDB's own count whether a write has synced the log. */
  private static final class SyncWatch {
    private final Path files;
    private volatile EmbeddedStore store;
    private String before = "";

    SyncWatch(Path files) {
      this.files = files;
    }

    void tellIfSynced() throws RocksDBException {
      String now = syncs(store.statistics());
      if (!now.equals(before)) {
        before = now;
        logs().forEach(log -> tell("synced " + log.getFileName() + " " + size(log)));
      }
    }

    private static String syncs(String statistics) {
      int line = statistics.indexOf("Cumulative WAL");
      int end = statistics.indexOf(" syncs", line);
      return statistics.substring(statistics.lastIndexOf(' ', end - 1) + 1, end);
    }

    private Stream<Path> logs() {
      try (Stream<Path> all = Files.list(files)) {
        return all.filter(file -> file.toString().endsWith(".log")).toList().stream();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** A log that was just deleted has nothing left to lose. */
    private static long size(Path file) {
      try {
        return Files.size(file);
      } catch (NoSuchFileException e) {
        return 0;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
