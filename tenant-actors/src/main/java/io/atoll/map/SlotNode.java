package io.atoll.map;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A node of a {@link SlotTree}. Immutable. */
sealed interface SlotNode {
  /** Children of a branch, or slots of a leaf, at most. */
  int WIDTH = 32;

  /** Parts the node from those left of it, all of whose keys are below. */
  Key first();

  /** The node with this slot of the key. */
  Changed with(Key key, Slot slot);

  /** What a node has become: itself anew, or two of it. */
  record Changed(SlotNode left, @Nullable SlotNode right) {}

  /** Where the key is among sorted keys; {@code -(place) - 1} when it is not among them. */
  private static int search(long[] starts, Key[] keys, Key key) {
    int low = 0;
    int high = keys.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order =
          starts[middle] == key.start()
              ? keys[middle].compareTo(key)
              : Long.compareUnsigned(starts[middle], key.start());
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -low - 1;
  }

  private static <T> T[] replaced(T[] array, int index, T element) {
    T[] copy = array.clone();
    copy[index] = element;
    return copy;
  }

  private static <T> T[] inserted(T[] array, int index, T element) {
    T[] copy = Arrays.copyOf(array, array.length + 1);
    System.arraycopy(array, index, copy, index + 1, array.length - index);
    copy[index] = element;
    return copy;
  }

  private static long[] inserted(long[] array, int index, long element) {
    long[] copy = Arrays.copyOf(array, array.length + 1);
    System.arraycopy(array, index, copy, index + 1, array.length - index);
    copy[index] = element;
    return copy;
  }

  /** Slots; {@code starts} are those of the keys, side by side for the search. */
  final class Leaf implements SlotNode {
    static final Leaf EMPTY = new Leaf(new long[0], new Key[0], new Slot[0]);

    private final long[] starts;
    private final Key[] keys;
    private final Slot[] slots;

    private Leaf(long[] starts, Key[] keys, Slot[] slots) {
      this.starts = starts;
      this.keys = keys;
      this.slots = slots;
    }

    int size() {
      return keys.length;
    }

    Key key(int index) {
      return keys[index];
    }

    Slot slot(int index) {
      return slots[index];
    }

    int find(Key key) {
      return search(starts, keys, key);
    }

    @Override
    public Key first() {
      return keys[0];
    }

    @Override
    public Changed with(Key key, Slot slot) {
      int found = find(key);
      if (found >= 0) {
        return new Changed(new Leaf(starts, keys, replaced(slots, found, slot)), null);
      }
      int place = -found - 1;
      Leaf grown =
          new Leaf(
              inserted(starts, place, key.start()),
              inserted(keys, place, key),
              inserted(slots, place, slot));
      return grown.size() <= WIDTH ? new Changed(grown, null) : grown.split(place);
    }

    /** In two; where keys come in their order the left one stays full. */
    private Changed split(int place) {
      int middle = place == size() - 1 ? place : size() / 2;
      return new Changed(part(0, middle), part(middle, size()));
    }

    private Leaf part(int from, int to) {
      return new Leaf(
          Arrays.copyOfRange(starts, from, to),
          Arrays.copyOfRange(keys, from, to),
          Arrays.copyOfRange(slots, from, to));
    }
  }

  /** Nodes side by side, found by their first keys. */
  final class Branch implements SlotNode {
    private final long[] starts;
    private final Key[] firsts;
    private final SlotNode[] children;

    private Branch(long[] starts, Key[] firsts, SlotNode[] children) {
      this.starts = starts;
      this.firsts = firsts;
      this.children = children;
    }

    static Branch of(SlotNode left, SlotNode right) {
      return new Branch(
          new long[] {left.first().start(), right.first().start()},
          new Key[] {left.first(), right.first()},
          new SlotNode[] {left, right});
    }

    int size() {
      return children.length;
    }

    SlotNode child(int index) {
      return children[index];
    }

    /** The only child that can hold the key. */
    int indexFor(Key key) {
      int found = search(starts, firsts, key);
      return found >= 0 ? found : Math.max(0, -found - 2);
    }

    @Override
    public Key first() {
      return firsts[0];
    }

    @Override
    public Changed with(Key key, Slot slot) {
      int index = indexFor(key);
      Changed changed = children[index].with(key, slot);
      Branch renewed = withChild(index, changed.left());
      SlotNode right = changed.right();
      if (right == null) {
        return new Changed(renewed, null);
      }
      int place = index + 1;
      Branch grown =
          new Branch(
              inserted(renewed.starts, place, right.first().start()),
              inserted(renewed.firsts, place, right.first()),
              inserted(renewed.children, place, right));
      return grown.size() <= WIDTH ? new Changed(grown, null) : grown.split(place);
    }

    /** A key below all moves the first one down, or its right part would be out of order. */
    private Branch withChild(int index, SlotNode child) {
      SlotNode[] renewed = replaced(children, index, child);
      Key first = child.first();
      if (first.equals(firsts[index])) {
        return new Branch(starts, firsts, renewed);
      }
      long[] lower = starts.clone();
      lower[index] = first.start();
      return new Branch(lower, replaced(firsts, index, first), renewed);
    }

    private Changed split(int place) {
      int middle = place == size() - 1 ? place : size() / 2;
      return new Changed(part(0, middle), part(middle, size()));
    }

    private Branch part(int from, int to) {
      return new Branch(
          Arrays.copyOfRange(starts, from, to),
          Arrays.copyOfRange(firsts, from, to),
          Arrays.copyOfRange(children, from, to));
    }
  }
}
