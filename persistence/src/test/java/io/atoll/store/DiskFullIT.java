package io.atoll.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.atoll.store.StorageUnavailableException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real disk that is full, where the machine lets us mount one. */
@Timeout(900)
class DiskFullIT {
  private static final long MEBIBYTE = 1024L * 1024;
  private static final String STREAM = "stream";

  @TempDir Path parent;
  private final List<String> fatal = new ArrayList<>();
  private LoopMount disk;
  private long written = 0;

  @BeforeEach
  void mount() throws IOException {
    assumeTrue(LoopMount.isPossible(parent), "needs root, loop devices and mkfs.xfs");
    disk = LoopMount.create(parent);
  }

  @AfterEach
  void unmount() {
    if (disk != null) {
      disk.close();
    }
  }

  @Test
  void belowTheMinimumWritesAreRefusedAndResumeByThemselves() throws IOException {
    try (EmbeddedStore store = open("")) {
      assertThat(writeOne(store)).isTrue();
      fillExcept(60 * MEBIBYTE);
      awaitRefusal(store);
      assertThat(store.health()).isEqualTo(StoreHealth.DISK_FULL);
      assertThat(Numbered.highest(store, STREAM)).isEqualTo(written);
      Files.delete(filler());
      awaitWrite(store);
      assertThat(store.health()).isEqualTo(StoreHealth.TAKES_WRITES);
    }
    assertAllThere();
  }

  @Test
  void aDiskThatIsFullToTheLastByteTearsNothing() throws IOException {
    try (EmbeddedStore store = openWithoutReserve()) {
      fillExcept(MEBIBYTE);
      awaitRefusal(store);
      assertThat(Numbered.highest(store, STREAM)).isEqualTo(written);
      Files.delete(filler());
      awaitWrite(store);
      assertThat(fatal).isEmpty();
    }
    assertAllThere();
  }

  private EmbeddedStore open(String changed) {
    return open(Stores.settings(disk.folder().resolve("data"), changed));
  }

  private EmbeddedStore open(StoreSettings settings) {
    return EmbeddedStore.open(settings, Runnable::run, (what, cause) -> fatal.add(what));
  }

  /** So the disk itself refuses, and not we before it. */
  private EmbeddedStore openWithoutReserve() {
    StoreSettings normal = Stores.settings(disk.folder().resolve("data"), "");
    return open(
        new StoreSettings(
            normal.folder(),
            normal.fsync(),
            Long.MIN_VALUE / 2,
            normal.queuedWrites(),
            normal.queuedBytes(),
            normal.commitBytes(),
            normal.stalledAfter(),
            normal.cacheBytes(),
            normal.bufferBytes(),
            normal.verifyBytes()));
  }

  private void assertAllThere() {
    try (EmbeddedStore store = open("")) {
      assertThat(Numbered.highest(store, STREAM)).isEqualTo(written);
      Numbered.assertSound(store, STREAM);
    }
  }

  private void awaitRefusal(EmbeddedStore store) {
    boolean more = true;
    while (more) {
      more = writeOne(store);
    }
    assertThat(Stores.failure(store.commit(new Numbered(STREAM, written + 1))))
        .asInstanceOf(InstanceOfAssertFactories.type(StorageUnavailableException.class))
        .extracting(StorageUnavailableException::reason)
        .isEqualTo(Reason.DISK_FULL);
  }

  private void awaitWrite(EmbeddedStore store) {
    boolean done = false;
    while (!done) {
      done = writeOne(store);
    }
  }

  private boolean writeOne(EmbeddedStore store) {
    boolean done =
        store
            .commit(new Numbered(STREAM, written + 1))
            .handle((nothing, failure) -> failure == null)
            .toCompletableFuture()
            .join();
    written += done ? 1 : 0;
    return done;
  }

  /** Opens the file anew each time: XFS gives back what it took ahead when a file is closed. */
  private void fillExcept(long left) throws IOException {
    byte[] bytes = new byte[(int) MEBIBYTE / 2];
    while (Files.getFileStore(disk.folder()).getUsableSpace() > left) {
      Files.write(filler(), bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
  }

  private Path filler() {
    return disk.folder().resolve("filler");
  }
}
