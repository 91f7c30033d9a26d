package io.atoll.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir Path parent;

  @Test
  void aNewFolderIsForItsOwnerOnly() throws IOException {
    Path folder = parent.resolve("a/b");
    Stores.open(folder).close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
  }

  @Test
  void aFolderInUseIsRefused() {
    try (EmbeddedStore first = Stores.open(parent)) {
      assertThat(first.health()).isEqualTo(StoreHealth.TAKES_WRITES);
      assertThatThrownBy(() -> Stores.open(parent))
          .isInstanceOf(StoreRefusedException.class)
          .hasMessageContaining("used by another process");
    }
  }

  @Test
  void aClaimedFolderIsOnesOwnUntilItIsClosed() {
    try (ClaimedFolder first = ClaimedFolder.of(parent)) {
      assertThat(first.folder().isNew()).isTrue();
      assertThatThrownBy(() -> ClaimedFolder.of(parent))
          .isInstanceOf(StoreRefusedException.class)
          .hasMessageContaining("used by another process");
    }
    Stores.open(parent).close();
  }

  @Test
  void aFolderIsFreeAfterItWasRefused() throws IOException {
    Files.createDirectories(parent);
    Files.writeString(parent.resolve("atoll.format"), "2");
    assertThatThrownBy(() -> Stores.open(parent)).hasMessageContaining("newer Atoll");
    Files.delete(parent.resolve("atoll.format"));
    Stores.open(parent).close();
  }

  @Test
  void aNewerOrUnknownFormatIsRefused() throws IOException {
    Stores.open(parent).close();
    for (String format : new String[] {"2", "99", "", "one", "-1"}) {
      Files.writeString(parent.resolve("atoll.format"), format);
      assertThatThrownBy(() -> Stores.open(parent))
          .isInstanceOf(StoreRefusedException.class)
          .hasMessageContaining("format");
    }
  }

  @Test
  void aUsedFolderWithoutItsStoreIsNeverStartedEmpty() throws IOException {
    Stores.open(parent).close();
    try (Stream<Path> files = Files.list(parent.resolve("store"))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    assertThatThrownBy(() -> Stores.open(parent))
        .isInstanceOf(StoreRefusedException.class)
        .hasMessageContaining("backup");
  }
}
