package io.atoll.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskUseTest {
  @TempDir Path folder;

  @Test
  void filesInAllFoldersCount() throws IOException {
    Files.createDirectories(folder.resolve("a/b"));
    Files.write(folder.resolve("one"), new byte[3]);
    Files.write(folder.resolve("a/b/two"), new byte[40]);

    assertThat(DiskUse.bytes(folder)).isEqualTo(43);
  }

  @Test
  void aFolderThatIsGoneTakesNoRoom() {
    assertThat(DiskUse.bytes(folder.resolve("gone"))).isZero();
  }
}
