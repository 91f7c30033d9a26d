package io.atoll.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The process is killed in the middle of 64 writers' writes, again and again. */
@Timeout(1800)
class KillIT {
  private static final int ROUNDS = Integer.getInteger("atoll.test.kill-rounds", 20);

  @TempDir Path folder;

  @Test
  void everyAcknowledgedEventOutlivesAKill() throws IOException {
    Random random = new Random(9);
    Map<String, Long> acknowledged = new HashMap<>();
    for (int round = 1; round <= ROUNDS; round++) {
      try (Writer writer = new Writer(folder, true, acknowledged)) {
        writer.awaitAcknowledged(200 + random.nextInt(1500));
        writer.kill();
      }
      try (EmbeddedStore store = Stores.open(folder)) {
        acknowledged.forEach((stream, number) -> {
          assertThat(Numbered.highest(store, stream)).isGreaterThanOrEqualTo(number);
          Numbered.assertSound(store, stream);
        });
      }
    }
    assertThat(acknowledged).hasSize(64);
  }
}
