package io.atoll.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FirstReadingTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final AtomicInteger questions = new AtomicInteger();

  @Test
  void aStoreThatDoesNotAnswerForAMomentIsAskedAgain() {
    assertThat(FirstReading.await(this::answerTheThird, LONG)).isEqualTo("read");
    assertThat(questions).hasValue(3);
  }

  @Test
  void anAnswerThatIsOfNoUseIsNotAskedForAgain() {
    assertThatThrownBy(
            () -> FirstReading.await(() -> failed(new IllegalStateException("damaged")), LONG))
        .hasRootCauseMessage("damaged");
    assertThat(questions).hasValue(1);
  }

  @Test
  void itEndsWithItsTime() {
    assertThatThrownBy(() -> FirstReading.await(this::silence, Duration.ofMillis(300)))
        .hasRootCauseInstanceOf(StoreDownException.class);
    assertThatThrownBy(
            () -> FirstReading.await(CompletableFuture<String>::new, Duration.ofMillis(1)))
        .hasRootCauseInstanceOf(TimeoutException.class);
  }

  private CompletionStage<String> answerTheThird() {
    return questions.get() == 2
        ? CompletableFuture.completedStage("read")
            .whenComplete((_, _) -> questions.incrementAndGet())
        : silence();
  }

  private CompletionStage<String> silence() {
    return failed(new StoreDownException("no answer"));
  }

  private CompletionStage<String> failed(RuntimeException failure) {
    questions.incrementAndGet();
    return CompletableFuture.failedStage(failure);
  }
}
