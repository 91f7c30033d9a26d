package io.atoll.faults.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/** What a process adds to its log from a time on. */
public final class LogWatch implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofNanos(200_000);

  private final RandomAccessFile log;
  private final StringBuilder read = new StringBuilder();
  private volatile boolean closed;

  private LogWatch(RandomAccessFile log) {
    this.log = log;
  }

  static LogWatch fromNowOn(Path file) {
    try {
      RandomAccessFile log = new RandomAccessFile(file.toFile(), "r");
      log.seek(log.length());
      return new LogWatch(log);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /**
   * Acts as soon as the text is there, in a thread of its own and at most once; the result says
   * whether it did before the watch was closed.
   */
  public CompletableFuture<Boolean> when(String text, Runnable action) {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    Thread.ofPlatform()
        .start(() -> {
          try {
            boolean found = await(text);
            if (found) {
              action.run();
            }
            done.complete(found);
          } catch (IOException | RuntimeException failed) {
            done.completeExceptionally(failed);
          }
        });
    return done;
  }

  private boolean await(String text) throws IOException {
    while (!closed) {
      byte[] more = new byte[(int) (log.length() - log.getFilePointer())];
      log.readFully(more);
      read.append(new String(more, UTF_8));
      if (read.indexOf(text) >= 0) {
        return true;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    return false;
  }

  /** Waits no longer. */
  @Override
  public void close() {
    closed = true;
  }
}
