package io.atoll.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.jspecify.annotations.Nullable;

/** How much room the files in a folder take, as of a few seconds ago. Thread-safe. */
final class DiskUse {
  private static final Duration AGAIN = Duration.ofSeconds(10);

  private final Path folder;
  private volatile long bytes;

  private DiskUse(Path folder) {
    this.folder = folder;
  }

  /** Looks through the folder again and again for as long as the system runs. */
  static DiskUse sampled(ActorSystem<?> system, Path folder) {
    DiskUse use = new DiskUse(folder);
    system
        .scheduler()
        .scheduleWithFixedDelay(
            Duration.ZERO,
            AGAIN,
            use::sample,
            system.dispatchers().lookup(DispatcherSelector.blocking()));
    return use;
  }

  private void sample() {
    bytes = bytes(folder);
  }

  /** The sum of their lengths when they were looked at last; 0 before. */
  long bytes() {
    return bytes;
  }

  /** The sum of their lengths, in bytes; a file that goes away meanwhile counts as none. */
  static long bytes(Path folder) {
    Sum sum = new Sum();
    try {
      Files.walkFileTree(folder, sum);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return sum.bytes;
  }

  private static final class Sum extends SimpleFileVisitor<Path> {
    private long bytes;

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      bytes += attributes.size();
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException gone) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException gone) {
      return FileVisitResult.CONTINUE;
    }
  }
}
