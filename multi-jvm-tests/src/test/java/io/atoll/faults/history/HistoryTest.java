package io.atoll.faults.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private static final Entry ENTRY = new Entry("acme", "users", "u1");

  @Test
  void everyOperationOfManyClientsIsRecordedUpToTheCapacity() {
    History history = new History(1000);
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int client = 0; client < 8; client++) {
        int number = client;
        clients.execute(() -> {
          while (history.reserve()) {
            history.add(read(number));
          }
        });
      }
    }
    assertThat(history.operations()).hasSize(1000);
    assertThat(history.reserve()).isFalse();
  }

  @Test
  void aServersFailureIsUnknownAndARefusalHasFailed() {
    assertThat(new Outcome.Unknown("503").certainty()).isEqualTo(Outcome.Certainty.UNKNOWN);
    assertThat(new Outcome.Retried(new Outcome.Mismatch()).certainty())
        .isEqualTo(Outcome.Certainty.UNKNOWN);
    assertThat(new Outcome.Mismatch().certainty()).isEqualTo(Outcome.Certainty.FAILED);
    assertThat(new Outcome.Refused("FORBIDDEN").certainty()).isEqualTo(Outcome.Certainty.FAILED);
  }

  @Test
  void nothingEndsBeforeItBegins() {
    assertThatThrownBy(() -> new Span(1, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  private static Operation read(int client) {
    return new Operation(client, ENTRY, new Action.Get(), new Outcome.Absent(), new Span(0, 1), 1);
  }
}
