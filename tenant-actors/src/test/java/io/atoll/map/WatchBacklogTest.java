package io.atoll.map;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.atoll.map.WatchBacklog.Place;
import io.atoll.map.WatchReply.Change;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WatchBacklogTest {
  private final MapSettings settings =
      MapSettings.from(
          ConfigFactory.parseString("atoll.map { watch-changes = 4, watch-bytes = 1000 }")
              .withFallback(ConfigFactory.load()));
  private final WatchBacklog backlog = new WatchBacklog(settings, Key.of("u"));

  @Test
  void changesWaitEventByEventInOrder() {
    backlog.add(7, event(11, "u1", "u2"));
    backlog.add(8, event(13, "x"));
    backlog.add(9, event(14, "x", "u3"));

    assertThat(seqs(backlog.poll())).containsExactly(11L, 12L);
    assertThat(seqs(backlog.poll())).containsExactly(15L);
    assertThat(backlog.poll()).isEmpty();
    assertThat(backlog.isCutOff()).isFalse();
  }

  @Test
  void whatDoesNotFitIsReadBackFromTheFirstThatWaited() {
    backlog.add(6, event(10, "u0"));
    backlog.poll();
    backlog.add(7, event(11, "u1", "u2"));
    backlog.add(8, event(13, "u3", "u4", "u5"));

    assertThat(backlog.isCutOff()).isTrue();
    assertThat(backlog.poll()).isEmpty();
    backlog.add(9, event(16, "u6"));
    assertThat(backlog.takeMissed()).isEqualTo(new Place(7, 11));
    assertThat(backlog.isCutOff()).isFalse();
    assertThat(backlog.takeMissed()).isNull();
    backlog.add(10, event(17, "u7"));
    assertThat(seqs(backlog.poll())).containsExactly(17L);
  }

  @Test
  void bytesAreBoundedAsChangesAre() {
    backlog.add(1, event(1, "u" + "k".repeat(400)));
    assertThat(backlog.isCutOff()).isFalse();
    backlog.add(2, event(2, "u" + "k".repeat(500)));

    assertThat(backlog.takeMissed()).isEqualTo(new Place(1, 1));
  }

  @Test
  void roomIsFreeAgainWhenAllIsForgotten() {
    backlog.add(1, event(1, "u1", "u2", "u3", "u4", "u5"));
    backlog.clear();
    assertThat(backlog.isCutOff()).isFalse();
    backlog.add(2, event(6, "u1", "u2", "u3", "u4"));

    assertThat(seqs(backlog.poll())).containsExactly(6L, 7L, 8L, 9L);
  }

  private static MapEvent event(long firstSeq, String... keys) {
    List<MapEvent.EntryChange> changes =
        Stream.of(keys)
            .<MapEvent.EntryChange>map(key -> new MapEvent.Deleted(Key.of(key)))
            .toList();
    return new MapEvent.EntriesChanged(0, firstSeq, changes, keys.length, 0, 0, 0, 0);
  }

  private static List<Long> seqs(List<Change> changes) {
    return changes.stream().map(Change::seq).toList();
  }
}
