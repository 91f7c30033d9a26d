package io.atoll.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReadinessTest {
  private CompletableFuture<String> answer = new CompletableFuture<>();
  private int asked;
  private final Readiness readiness = new Readiness(this::ask, Duration.ofMinutes(1));

  @Test
  void aNodeIsReadyOnceAllHasAnswered() throws InterruptedException {
    readiness.check();
    assertThat(readiness.isReady()).isFalse();

    answer.complete("well");
    assertThat(readiness.isReady()).isTrue();
    assertThat(readiness.awaitFirst()).isTrue();
  }

  @Test
  void aNodeIsNotReadyBeforeItIsPreparedWhichItIsOnce() {
    CompletableFuture<String> prepared = new CompletableFuture<>();
    AtomicInteger preparations = new AtomicInteger();
    readiness.firstAfter(() -> {
      preparations.incrementAndGet();
      return prepared;
    });
    readiness.check();
    assertThat(preparations).hasValue(0);

    answer.complete("well");
    assertThat(preparations).hasValue(1);
    assertThat(readiness.isReady()).isFalse();

    prepared.complete("done");
    assertThat(readiness.isReady()).isTrue();
    readiness.check();
    assertThat(preparations).hasValue(1);
  }

  @Test
  void whatFailsMakesItNotReadyUntilItIsWellAgain() {
    answer.complete("well");
    readiness.check();
    answer = CompletableFuture.failedFuture(new IllegalStateException("no disk"));
    readiness.check();
    assertThat(readiness.isReady()).isFalse();

    answer = CompletableFuture.completedFuture("well");
    readiness.check();
    assertThat(readiness.isReady()).isTrue();
  }

  @Test
  void anAnswerThatDoesNotComeIsNotWaitedFor() throws Exception {
    answer.complete("well");
    var impatient = new Readiness(this::ask, Duration.ofMillis(10));
    impatient.check();
    CompletableFuture<String> silent = new CompletableFuture<>();
    answer = silent;
    impatient.check();

    CompletableFuture.supplyAsync(
            () -> {
              while (impatient.isReady()) {
                Thread.onSpinWait();
              }
              return true;
            })
        .get(60, TimeUnit.SECONDS);
    assertThat(silent).isNotDone();
  }

  @Test
  void oneQuestionIsOpenAtATime() {
    readiness.check();
    readiness.check();
    assertThat(asked).isEqualTo(1);

    answer.complete("well");
    readiness.check();
    assertThat(asked).isEqualTo(2);
  }

  @Test
  void theEndIsForGood() throws InterruptedException {
    readiness.check();
    readiness.end();
    answer.complete("well");

    assertThat(readiness.isReady()).isFalse();
    assertThat(readiness.awaitFirst()).isFalse();
  }

  private CompletionStage<?> ask() {
    asked++;
    return answer;
  }
}
