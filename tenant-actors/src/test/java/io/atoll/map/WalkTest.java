package io.atoll.map;

import static io.atoll.map.MapModel.delete;
import static io.atoll.map.MapModel.set;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class WalkTest {
  @Property(tries = 300)
  void aWalkSeesWhatASortedMapWouldShow(
      @ForAll("keys") List<String> paged,
      @ForAll("keys") List<String> changed,
      @ForAll("keys") List<String> deleted,
      @ForAll("prefix") String prefix,
      @ForAll("prefix") String after) {
    MapModel map = new MapModel();
    paged.forEach(key -> map.write(set(key, "\"" + key.repeat(9) + "\"")));
    map.checkpoint();
    changed.forEach(key -> map.write(set(key, "2")));
    deleted.forEach(key -> map.write(delete(key)));

    NavigableMap<Key, byte[]> range = new TreeMap<>();
    map.expected.forEach((key, value) -> {
      if (key.startsWith(Key.of(prefix)) && key.compareTo(Key.of(after)) > 0) {
        range.put(key, value);
      }
    });
    assertThat(map.walk(map.state, prefix, after))
        .extracting(Entry::key)
        .containsExactlyElementsOf(range.keySet());
  }

  @Test
  void pagesOutsideOfThePrefixAreNotRead() {
    MapModel map = new MapModel();
    for (char c = 'a'; c <= 'z'; c++) {
      map.write(set(c + "1", "\"" + "x".repeat(200) + "\""));
    }
    map.checkpoint();
    assertThat(map.state.manifest().pages()).hasSizeGreaterThan(20);
    int before = map.store.reads();

    map.walk(map.state, "m", null);

    assertThat(map.store.reads() - before).isLessThanOrEqualTo(2);
  }

  @Test
  void anOldStateGoesOnShowingWhatItHeld() {
    MapModel map = new MapModel();
    map.write(set("a", "1"));
    MapState before = map.state;
    map.write(delete("a"));
    map.write(set("b", "1"));

    assertThat(map.content(before).keySet()).containsExactly(Key.of("a"));
  }

  @Provide
  Arbitrary<List<String>> keys() {
    return Arbitraries.strings()
        .withCharRange('a', 'c')
        .ofMinLength(1)
        .ofMaxLength(3)
        .list()
        .ofMaxSize(30);
  }

  @Provide
  Arbitrary<String> prefix() {
    return Arbitraries.strings().withCharRange('a', 'd').ofMaxLength(2);
  }
}
