package io.atoll.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** A folder in the present one, on the disk that is meant, which is gone when it is closed. */
record ScratchFolder(Path path) implements AutoCloseable {
  static ScratchFolder make(String name) throws IOException {
    return new ScratchFolder(Files.createTempDirectory(Path.of("").toAbsolutePath(), name));
  }

  @Override
  public void close() throws IOException {
    try (var files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
