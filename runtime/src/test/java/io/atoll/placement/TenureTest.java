package io.atoll.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TenureTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);
  private final Tenure tenure = new Tenure(Duration.ofSeconds(4), now::get);

  @Test
  void aNodeThatWasNoMemberYetHasWhatNobodyCouldTake() {
    passes(3_600_000);

    assertThat(tenure.isHeld()).isTrue();
  }

  @Test
  void aMemberThatNobodyConfirmsHasItNoLonger() {
    tenure.begin();
    passes(3_999);
    assertThat(tenure.isHeld()).isTrue();

    tenure.begin();
    passes(1);
    assertThat(tenure.isHeld()).isFalse();
  }

  @Test
  void aConfirmationCountsFromWhenItWasAskedFor() {
    tenure.begin();
    passes(1_000);
    long asked = now.get();
    passes(2_000);
    tenure.confirmed(asked);

    passes(1_999);
    assertThat(tenure.isHeld()).isTrue();
    passes(1);
    assertThat(tenure.isHeld()).isFalse();
  }

  @Test
  void anOlderConfirmationTakesNothingBack() {
    tenure.begin();
    long first = now.get();
    passes(3_000);
    tenure.confirmed(now.get());
    tenure.confirmed(first);

    passes(3_999);
    assertThat(tenure.isHeld()).isTrue();
  }

  /** What was asked before a node stood still is answered when it goes on. */
  @Test
  void aNodeThatStoodStillHasItAgainOnlyWhenWhatItAskedAfterwardsIsConfirmed() {
    tenure.begin();
    long before = now.get();
    passes(40_000);
    tenure.confirmed(before);
    assertThat(tenure.isHeld()).isFalse();

    tenure.confirmed(now.get());
    assertThat(tenure.isHeld()).isTrue();
  }

  @Test
  void aNodeThatWasGivenUpHasItNoLonger() {
    tenure.begin();
    tenure.end();

    assertThat(tenure.isHeld()).isFalse();
  }

  private void passes(long millis) {
    now.addAndGet(Duration.ofMillis(millis).toNanos());
  }
}
