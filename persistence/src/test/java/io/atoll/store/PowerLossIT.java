package io.atoll.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A power loss, as far as it can be had everywhere: of the log only the bytes are kept that RocksDB
 * had synced, by its own count of syncs.
 */
@Timeout(900)
class PowerLossIT {
  private static final int WRITES = 3000;

  @TempDir Path parent;

  @Test
  void everyAcknowledgedEventOutlivesAPowerLoss() throws IOException {
    assertThat(lostAfterPowerLoss(true)).isZero();
  }

  @Test
  void withoutFsyncAcknowledgedEventsAreLostAndThisTestSeesIt() throws IOException {
    assertThat(lostAfterPowerLoss(false)).isGreaterThan(WRITES / 2);
  }

  private long lostAfterPowerLoss(boolean fsync) throws IOException {
    Path folder = parent.resolve("lost");
    Map<String, Long> acknowledged = new HashMap<>();
    try (Writer writer = new Writer(folder, fsync, acknowledged)) {
      writer.awaitAcknowledged(WRITES);
      writer.kill();
      keepSynced(folder.resolve("store"), writer);
    }
    try (EmbeddedStore store = Stores.open(folder)) {
      return acknowledged.entrySet().stream()
          .mapToLong(ack -> missing(store, ack.getKey(), ack.getValue()))
          .sum();
    }
  }

  static long missing(EmbeddedStore store, String stream, long acknowledged) {
    Numbered.assertSound(store, stream);
    return Math.max(0, acknowledged - Numbered.highest(store, stream));
  }

  private static void keepSynced(Path files, Writer writer) throws IOException {
    try (Stream<Path> all = Files.list(files)) {
      all.filter(file -> file.toString().endsWith(".log"))
          .forEach(log -> cut(log, (int) writer.synced(log)));
    }
  }

  private static void cut(Path log, int length) {
    try {
      byte[] bytes = Files.readAllBytes(log);
      Files.write(log, Arrays.copyOf(bytes, Math.min(bytes.length, length)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
