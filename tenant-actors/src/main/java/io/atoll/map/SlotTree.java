package io.atoll.map;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Slots by key, in key order: a B+ tree whose changes copy the path to the root, so that every
 * version stays as it was. Wide nodes keep a look-up to few places in memory. Slots are added and
 * replaced, never taken out. Immutable.
 */
final class SlotTree implements Iterable<SlotTree.Item> {
  static final SlotTree EMPTY = new SlotTree(SlotNode.Leaf.EMPTY, 0);

  private final SlotNode root;
  private final int size;

  /** A key with its slot. */
  record Item(Key key, Slot slot) {}

  private SlotTree(SlotNode root, int size) {
    this.root = root;
    this.size = size;
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** The slot of the key, null if there is none. */
  @Nullable Slot get(Key key) {
    SlotNode node = root;
    while (node instanceof SlotNode.Branch branch) {
      node = branch.child(branch.indexFor(key));
    }
    SlotNode.Leaf leaf = (SlotNode.Leaf) node;
    int index = leaf.find(key);
    return index < 0 ? null : leaf.slot(index);
  }

  /** The tree with this slot of the key, in place of the one before if there was one. */
  SlotTree with(Key key, Slot slot) {
    boolean added = get(key) == null;
    SlotNode.Changed changed = root.with(key, slot);
    SlotNode right = changed.right();
    return new SlotTree(
        right == null ? changed.left() : SlotNode.Branch.of(changed.left(), right),
        added ? size + 1 : size);
  }

  /** The items whose keys are not below this one, in order. */
  Iterator<Item> from(Key key) {
    return new Walker(root, key);
  }

  @Override
  public Iterator<Item> iterator() {
    return new Walker(root, null);
  }

  /** Goes through the leaves from left to right. */
  private static final class Walker implements Iterator<Item> {
    private final ArrayDeque<Position> path = new ArrayDeque<>();
    private SlotNode.Leaf leaf;
    private int index;

    private record Position(SlotNode.Branch branch, int next) {}

    Walker(SlotNode root, @Nullable Key from) {
      SlotNode node = root;
      while (node instanceof SlotNode.Branch branch) {
        int child = from == null ? 0 : branch.indexFor(from);
        path.push(new Position(branch, child + 1));
        node = branch.child(child);
      }
      leaf = (SlotNode.Leaf) node;
      int found = from == null ? 0 : leaf.find(from);
      index = found < 0 ? -found - 1 : found;
      turnPage();
    }

    @Override
    public boolean hasNext() {
      return index < leaf.size();
    }

    @Override
    public Item next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Item item = new Item(leaf.key(index), leaf.slot(index));
      index++;
      turnPage();
      return item;
    }

    private void turnPage() {
      while (index == leaf.size() && !path.isEmpty()) {
        Position position = path.pop();
        if (position.next() < position.branch().size()) {
          path.push(new Position(position.branch(), position.next() + 1));
          descend(position.branch().child(position.next()));
        }
      }
    }

    private void descend(SlotNode from) {
      SlotNode node = from;
      while (node instanceof SlotNode.Branch branch) {
        path.push(new Position(branch, 1));
        node = branch.child(0);
      }
      leaf = (SlotNode.Leaf) node;
      index = 0;
    }
  }
}
