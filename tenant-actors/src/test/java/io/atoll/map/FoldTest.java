package io.atoll.map;

import static io.atoll.map.MapModel.delete;
import static io.atoll.map.MapModel.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atoll.map.Manifest.PageReference;
import org.junit.jupiter.api.Test;

class FoldTest {
  private final MapModel map = new MapModel();

  @Test
  void aFoldMovesEverythingIntoPagesAndLeavesNoRecentChange() {
    fill(100);
    map.checkpoint();

    assertThat(map.state.recent()).isEmpty();
    assertThat(map.state.recentBytes()).isZero();
    assertThat(map.content()).hasSize(100);
  }

  @Test
  void pagesStayNearTheirSizeWhateverIsAddedAndRemoved() {
    fill(500);
    map.checkpoint();
    for (int i = 0; i < 500; i++) {
      if (i % 10 != 0) {
        map.write(delete(key(i)));
      }
    }
    map.checkpoint();

    assertThat(map.content()).hasSize(50);
    assertThat(map.state.manifest().pages().size()).isLessThan(20);
    assertThat(map.state.manifest().pages())
        .extracting(PageReference::bytes)
        .allMatch(bytes -> bytes <= 256);
  }

  @Test
  void aPageWithoutChangesIsNotWrittenAgain() {
    fill(100);
    map.checkpoint();
    var before = map.state.manifest().pages();
    map.write(set(key(50), "2"));
    map.checkpoint();

    assertThat(map.state.manifest().pages()).containsAll(before.subList(0, before.size() / 3));
    assertThat(map.state.manifest().pages()).isNotEqualTo(before);
  }

  @Test
  void anEntryLargerThanAPageGetsOneOfItsOwn() {
    map.write(set("a", "1"));
    map.write(set("b", "\"" + "x".repeat(2_000) + "\""));
    map.write(set("c", "1"));
    map.checkpoint();

    assertThat(map.content()).hasSize(3);
  }

  @Test
  void aMapThatWasEmptiedHasNoPages() {
    fill(20);
    map.checkpoint();
    for (int i = 0; i < 20; i++) {
      map.write(delete(key(i)));
    }
    map.checkpoint();

    assertThat(map.state.manifest().pages()).isEmpty();
    assertThat(map.write(set("a", "1"))).isInstanceOf(Outcome.Written.class);
  }

  @Test
  void aFoldThatFailsLeavesTheManifestThatWas() {
    fill(100);
    map.checkpoint();
    map.write(set(key(1), "2"));
    map.store.fail(true);

    assertThatThrownBy(() -> new Fold(map.state, map.pages, 256, map.now, Fold.Pace.AT_ONCE).run())
        .isNotNull();
    map.store.fail(false);
    assertThat(map.content()).hasSize(100);
  }

  @Test
  void receiptsThatAreOverLeaveWithTheNextFold() {
    Operation.Set plain = set("a", "1");
    map.write(
        new Operation.Set(
            "users", plain.key(), plain.value(), -1, -1, new Idempotency("request", "print")));
    map.now += 25L * 60 * 60 * 1000;
    map.checkpoint();

    PageReference only = map.state.manifest().pages().getFirst();
    assertThat(map.page(only).count()).isEqualTo(1);
  }

  private void fill(int entries) {
    for (int i = 0; i < entries; i++) {
      map.write(set(key(i), "\"value-" + i + "\""));
    }
  }

  private static String key(int i) {
    return "key-%04d".formatted(i);
  }
}
