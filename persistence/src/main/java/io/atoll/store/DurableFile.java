package io.atoll.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Small files that are there as a whole or not at all, even after a power loss. */
final class DurableFile {
  private DurableFile() {}

  static void write(Path file, byte[] bytes) throws IOException {
    Path written = file.resolveSibling(file.getFileName() + ".new");
    Files.write(written, bytes);
    sync(written);
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    sync(file.resolveSibling("."));
  }

  /** Makes a file's content, or a folder's entries, durable. */
  static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
