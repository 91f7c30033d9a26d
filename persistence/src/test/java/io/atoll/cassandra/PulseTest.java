package io.atoll.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.map.StoreState;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PulseTest {
  private static final Duration READS = Duration.ofSeconds(10);

  private final AtomicLong nanos = new AtomicLong();
  private final Pulse pulse = new Pulse(READS, nanos::get);

  @Test
  void silenceForAllLooksIsDown() {
    pulse.heard();
    look(1);
    assertThat(pulse.state()).isEqualTo(StoreState.UP);
    look(Pulse.LOOKS - 1);
    assertThat(pulse.state()).isEqualTo(StoreState.SILENT);
    look(1);
    assertThat(pulse.state()).isEqualTo(StoreState.DOWN);
  }

  @Test
  void anyAnswerInBetweenIsASignOfLife() {
    for (int i = 0; i < 10; i++) {
      look(Pulse.LOOKS - 1);
      pulse.heard();
      assertThat(pulse.state()).isEqualTo(StoreState.UP);
    }
  }

  @Test
  void nobodyThereIsDownAtOnceAndAnAnswerIsUpAtOnce() {
    pulse.unreachable();
    assertThat(pulse.state()).isEqualTo(StoreState.DOWN);
    pulse.heard();
    assertThat(pulse.state()).isEqualTo(StoreState.UP);
    look(1);
    assertThat(pulse.isDown()).isFalse();
  }

  @Test
  void afterTheTimeForReadsWhatIsInMemoryIsLostHoweverOftenItIsSeenToBeDown() {
    pulse.unreachable();
    nanos.addAndGet(READS.toNanos() - 1);
    pulse.unreachable();
    look(Pulse.LOOKS);
    assertThat(pulse.state()).isEqualTo(StoreState.DOWN);
    nanos.incrementAndGet();
    assertThat(pulse.state()).isEqualTo(StoreState.LOST);
    pulse.heard();
    assertThat(pulse.state()).isEqualTo(StoreState.UP);
  }

  private void look(int times) {
    for (int i = 0; i < times; i++) {
      pulse.look();
    }
  }
}
