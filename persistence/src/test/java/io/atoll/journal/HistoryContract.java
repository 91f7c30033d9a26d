package io.atoll.journal;

import static io.atoll.store.Stores.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.map.History;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every history, and the read-back beside it, promises. */
public abstract class HistoryContract {
  protected abstract Recorders recorders();

  protected abstract History history();

  @Test
  void eventsAreReadBackInOrder() {
    recorders()
        .write("stream", IntStream.range(0, 30).mapToObj(i -> "w" + i).toArray(String[]::new));
    assertThat(recorders().events("stream"))
        .extracting(envelope -> envelope.sequenceNr() + "=" + envelope.event())
        .containsExactlyElementsOf(
            IntStream.range(0, 30).mapToObj(i -> (i + 1) + "=w" + i).toList());
  }

  @Test
  void aPartOfTheEventsIsReadBack() {
    recorders().write("stream", "a", "b", "c", "d");
    assertThat(recorders().events("stream", 2, 3))
        .extracting(envelope -> envelope.event().toString())
        .containsExactly("b", "c");
    assertThat(recorders().events("stream", 5, 9)).isEmpty();
    assertThat(recorders().events("unknown")).isEmpty();
  }

  @Test
  void trimmingDeletesUpToTheNumberAndKeepsTheState() {
    recorders().write("stream", "a", "b", "snap-c", "d");
    result(history().trim("stream", 3));
    result(history().trim("stream", 3));
    result(history().trim("stream", 1));
    assertThat(recorders().numbers("stream")).containsExactly(4L);
    assertThat(recorders().words("stream")).isEqualTo("a b snap-c d");
  }

  @Test
  void trimmingKeepsOtherStreams() {
    recorders().write("stream", "snap-a");
    recorders().write("stream2", "snap-a");
    result(history().trim("stream", 1));
    assertThat(recorders().numbers("stream2")).containsExactly(1L);
  }

  @Test
  void numbersGoOnAfterAllEventsWereTrimmed() {
    recorders().write("stream", "a", "snap-b");
    result(history().trim("stream", Long.MAX_VALUE));
    recorders().write("stream", "c");
    assertThat(recorders().numbers("stream")).containsExactly(3L);
    assertThat(recorders().words("stream")).isEqualTo("a snap-b c");
  }

  @Test
  void anErasedStreamIsEmptyAndItsNumbersGoOn() {
    recorders().write("stream", "a", "snap-b", "c");
    recorders().write("stream2", "other");
    result(history().erase("stream"));
    result(history().erase("stream"));
    assertThat(recorders().numbers("stream")).isEmpty();
    assertThat(recorders().words("stream")).isEmpty();
    recorders().write("stream", "new");
    assertThat(recorders().numbers("stream")).containsExactly(4L);
    assertThat(recorders().words("stream")).isEqualTo("new");
    assertThat(recorders().words("stream2")).isEqualTo("other");
  }

  @Test
  void anUnknownStreamMayBeTrimmedAndErased() {
    result(history().trim("unknown", 5));
    result(history().erase("unknown"));
    recorders().write("unknown", "a");
    assertThat(recorders().numbers("unknown")).containsExactly(1L);
  }
}
