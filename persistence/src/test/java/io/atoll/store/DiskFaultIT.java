package io.atoll.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real file system that loses its power, where the machine lets us mount one. */
@Timeout(900)
class DiskFaultIT {
  private static final int WRITES = 2000;
  private static final int EXIT_CODE = 70;

  @TempDir Path parent;

  @BeforeEach
  void needsMounts() throws IOException {
    assumeTrue(LoopMount.isPossible(parent), "needs root, loop devices and mkfs.xfs");
  }

  @Test
  void everyAcknowledgedEventOutlivesAPowerLoss() throws IOException {
    assertThat(lostAfterPowerLoss(true)).isZero();
  }

  @Test
  void withoutFsyncAcknowledgedEventsAreLostAndThisTestSeesIt() throws IOException {
    assertThat(lostAfterPowerLoss(false)).isPositive();
  }

  @Test
  void aFailedFsyncEndsTheProcess() throws IOException {
    try (LoopMount disk = LoopMount.create(parent);
        Writer writer = new Writer(disk.folder().resolve("data"), true, new HashMap<>())) {
      writer.awaitAcknowledged(WRITES);
      disk.losePower();
      assertThat(writer.awaitExit()).isEqualTo(EXIT_CODE);
    }
  }

  private long lostAfterPowerLoss(boolean fsync) throws IOException {
    Map<String, Long> acknowledged = new HashMap<>();
    try (LoopMount disk = LoopMount.create(parent)) {
      Path folder = disk.folder().resolve("data");
      try (Writer writer = new Writer(folder, fsync, acknowledged)) {
        writer.awaitAcknowledged(WRITES);
        disk.losePower();
        writer.awaitExit();
      }
      disk.restorePower();
      try (EmbeddedStore store = Stores.open(folder)) {
        return acknowledged.entrySet().stream()
            .mapToLong(ack -> PowerLossIT.missing(store, ack.getKey(), ack.getValue()))
            .sum();
      }
    }
  }
}
