package io.atoll.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atoll.map.StoreState;
import io.atoll.store.StoreDownException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** What is found out about a Cassandra of which some nodes, or all, stand still. */
class RequestsTest {
  private static final Duration SILENCE = Duration.ofMillis(500);
  private static final CompletionStage<String> STANDS_STILL = new CompletableFuture<>();

  private final Pulse pulse = new Pulse(Duration.ofMinutes(1), System::nanoTime);
  private final Semaphore questions = new Semaphore(0);
  private int asked;

  @Test
  void oneNodeThatStandsStillIsNotACassandraThatIsDown() {
    try (Requests requests =
        requests(turn -> turn % 3 == 0 ? STANDS_STILL : CompletableFuture.completedStage("up"))) {
      awaitQuestions(4 * Pulse.LOOKS);
      assertThat(pulse.isDown()).isFalse();
      assertThat(requests.send(() -> CompletableFuture.completedStage("read")))
          .isCompletedWithValue("read");
    }
  }

  @Test
  void allNodesThatStandStillAre() {
    try (Requests requests = requests(turn -> STANDS_STILL)) {
      CompletionStage<String> sent = requests.send(CompletableFuture::new);
      awaitQuestions(2 * Pulse.LOOKS);
      assertThat(pulse.state()).isEqualTo(StoreState.DOWN);
      assertThatThrownBy(() -> sent.toCompletableFuture().join())
          .hasCauseInstanceOf(StoreDownException.class);
    }
  }

  private Requests requests(IntFunction<CompletionStage<String>> answers) {
    return new Requests(
        pulse,
        SILENCE,
        () -> {
          CompletionStage<String> answer = answers.apply(asked++);
          questions.release();
          return answer;
        },
        Runnable::run);
  }

  private void awaitQuestions(int count) {
    try {
      assertThat(questions.tryAcquire(count, 60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }
}
