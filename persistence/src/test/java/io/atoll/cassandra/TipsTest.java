package io.atoll.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class TipsTest {
  private final Tips tips = new Tips();

  @Test
  void aTipIsTakenOnce() {
    CompletionStage<Bucket> tip = tip(7);
    tips.put("stream", tip);
    assertThat(tips.take("other")).isNull();
    assertThat(tips.take("stream")).isSameAs(tip);
    assertThat(tips.take("stream")).isNull();
  }

  @Test
  void theLastTipOfAStreamCounts() {
    tips.put("stream", tip(7));
    CompletionStage<Bucket> later = tip(8);
    tips.put("stream", later);
    assertThat(tips.take("stream")).isSameAs(later);
    assertThat(tips.take("stream")).isNull();
  }

  @Test
  void theOldestAreForgottenWhenNobodyTakesThem() {
    for (int i = 0; i <= Tips.MOST; i++) {
      tips.put("stream-" + i, tip(i));
    }
    assertThat(tips.take("stream-0")).isNull();
    assertThat(tips.take("stream-1")).isNotNull();
    assertThat(tips.take("stream-" + Tips.MOST)).isNotNull();
  }

  private static CompletionStage<Bucket> tip(long highest) {
    return CompletableFuture.completedFuture(new Bucket(0, UUID.randomUUID(), highest, 0, null));
  }
}
