package io.atoll.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SlotTreeTest {
  @Property(tries = 300)
  void holdsWhatASortedMapHolds(@ForAll("keys") List<String> keys) {
    SlotTree tree = SlotTree.EMPTY;
    TreeMap<Key, Slot> model = new TreeMap<>();
    long number = 0;
    for (String text : keys) {
      Slot slot = new Slot.Gone(++number);
      tree = tree.with(Key.of(text), slot);
      model.put(Key.of(text), slot);
    }
    assertThat(tree.size()).isEqualTo(model.size());
    assertThat(items(tree.iterator())).isEqualTo(items(model));
    for (String text : keys) {
      assertThat(tree.get(Key.of(text))).isEqualTo(model.get(Key.of(text)));
      Key from = Key.of(text.substring(0, text.length() / 2) + "~");
      assertThat(tree.get(from)).isEqualTo(model.get(from));
      assertThat(items(tree.from(from))).isEqualTo(items(model.tailMap(from)));
    }
  }

  @Property(tries = 100)
  void aVersionStaysAsItWas(@ForAll("keys") List<String> keys) {
    SlotTree tree = SlotTree.EMPTY;
    List<SlotTree> versions = new ArrayList<>();
    for (String text : keys) {
      versions.add(tree);
      tree = tree.with(Key.of(text), new Slot.Gone(versions.size()));
    }
    TreeMap<Key, Slot> model = new TreeMap<>();
    for (int version = 0; version < versions.size(); version++) {
      assertThat(items(versions.get(version).iterator())).isEqualTo(items(model));
      model.put(Key.of(keys.get(version)), new Slot.Gone(version + 1));
    }
  }

  @Test
  void keysInTheirOrderAndAgainstItAreAllFound() {
    SlotTree up = SlotTree.EMPTY;
    SlotTree down = SlotTree.EMPTY;
    for (int i = 0; i < 20_000; i++) {
      up = up.with(key(i), new Slot.Gone(i));
      down = down.with(key(19_999 - i), new Slot.Gone(19_999 - i));
    }
    for (int i = 0; i < 20_000; i++) {
      assertThat(up.get(key(i))).isEqualTo(new Slot.Gone(i));
      assertThat(down.get(key(i))).isEqualTo(new Slot.Gone(i));
    }
    assertThat(items(up.iterator())).isEqualTo(items(down.iterator())).hasSize(20_000);
    assertThat(items(up.from(key(20_000)))).isEmpty();
  }

  @Property(tries = 50)
  void keysInNoOrderAreAllFound(@ForAll Random random) {
    SlotTree tree = SlotTree.EMPTY;
    TreeMap<Key, Slot> model = new TreeMap<>();
    for (int i = 0; i < 3_000; i++) {
      Key key = key(random.nextInt(2_000));
      Slot slot = new Slot.Gone(i);
      tree = tree.with(key, slot);
      model.put(key, slot);
      assertThat(tree.get(key)).isEqualTo(slot);
    }
    assertThat(tree.size()).isEqualTo(model.size());
    assertThat(items(tree.iterator())).isEqualTo(items(model));
  }

  @Provide
  Arbitrary<List<String>> keys() {
    Arbitrary<String> distinct = Arbitraries.strings().withCharRange('a', 'e').ofMaxLength(12);
    Arbitrary<String> alike = distinct.map(text -> "customer:" + text);
    return Arbitraries.oneOf(distinct, alike).list().ofMaxSize(400);
  }

  private static Key key(int number) {
    return Key.of("key-%06d".formatted(number));
  }

  private static List<SlotTree.Item> items(Iterator<SlotTree.Item> items) {
    List<SlotTree.Item> all = new ArrayList<>();
    items.forEachRemaining(all::add);
    return all;
  }

  private static List<SlotTree.Item> items(Map<Key, Slot> model) {
    return model.entrySet().stream()
        .map(entry -> new SlotTree.Item(entry.getKey(), entry.getValue()))
        .toList();
  }
}
