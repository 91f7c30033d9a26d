package io.atoll.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** How much room the files in a folder take. */
final class DiskUse {
  private DiskUse() {}

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
  }
}
