package io.atoll.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PageTest {
  @Property(tries = 300)
  void everyEntryIsFoundAndNothingElse(
      @ForAll @Size(max = 60) java.util.Set<@NotEmpty @Size(max = 20) String> texts,
      @ForAll String other) {
    TreeSet<Key> keys = new TreeSet<>();
    texts.forEach(text -> keys.add(Key.of(text)));
    PageBuilder builder = new PageBuilder();
    keys.forEach(key -> builder.add(new Entry(key, key.bytes(), key.length(), -1)));
    int announced = builder.bytes();
    Page page = new Page(builder.build());

    assertThat(page.bytes()).hasSize(announced);
    assertThat(page.count()).isEqualTo(keys.size());
    for (Key key : keys) {
      Entry found = page.find(key);
      assertThat(found).isNotNull();
      assertThat(found.value()).isEqualTo(key.bytes());
      assertThat(found.version()).isEqualTo(key.length());
    }
    assertThat(page.find(Key.of(other)) != null).isEqualTo(keys.contains(Key.of(other)));
  }

  @Test
  void keysAreOrderedByCodePointAndNotByChar() {
    Key astral = Key.of("\uD83D\uDE00");
    Key high = Key.of("\uFFEE");

    assertThat(high.compareTo(astral)).isNegative();
  }

  @Test
  void bytesThatAreNoPageAreRefused() {
    assertThatThrownBy(() -> new Page(new byte[] {9, 0, 0, 0, 0}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Page(new byte[2])).isInstanceOf(IllegalArgumentException.class);
  }
}
