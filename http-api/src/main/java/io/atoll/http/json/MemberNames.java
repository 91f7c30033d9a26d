package io.atoll.http.json;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The open containers of a value under way, with the names of their objects' members. Small objects
 * are compared here; a value with a large one, or with an escaped name, is left to {@link
 * DuplicateMembers}, so that the time stays linear whatever is sent.
 */
final class MemberNames {
  private static final int COMPARED_MEMBERS = 16;

  private final int[] firstName = new int[JsonScanner.MAX_DEPTH + 1];
  private long[] objects = new long[2];
  private int[] names = new int[3 * COMPARED_MEMBERS];
  private int nameCount;
  private int depth;
  private boolean tooDeep;
  private boolean duplicate;
  private boolean undecided;

  void reset() {
    depth = 0;
    nameCount = 0;
    tooDeep = false;
    duplicate = false;
    undecided = false;
  }

  int depth() {
    return depth;
  }

  boolean inObject() {
    int level = depth - 1;
    return (objects[level >> 6] & (1L << level)) != 0;
  }

  void enter(boolean object) {
    if (depth >> 6 == objects.length) {
      objects = Arrays.copyOf(objects, 2 * objects.length);
    }
    long bit = 1L << depth;
    objects[depth >> 6] = object ? objects[depth >> 6] | bit : objects[depth >> 6] & ~bit;
    depth++;
    if (depth > JsonScanner.MAX_DEPTH) {
      tooDeep = true;
    } else {
      firstName[depth] = nameCount;
    }
  }

  void leave() {
    if (depth <= JsonScanner.MAX_DEPTH) {
      nameCount = firstName[depth];
    }
    depth--;
  }

  /** Takes in the name of the innermost object's next member. */
  void add(byte[] text, int from, int to, boolean escaped) {
    if (escaped || tooDeep) {
      undecided = true;
      return;
    }
    int first = firstName[depth];
    if (nameCount - first == COMPARED_MEMBERS) {
      undecided = true;
      return;
    }
    int hash = hash(text, from, to);
    for (int name = first; name < nameCount; name++) {
      duplicate |= names[3 * name] == hash && isSame(name, text, from, to);
    }
    remember(hash, from, to);
  }

  /** What is wrong with the value that has ended. */
  @Nullable JsonProblem problem(byte[] text, int from, int to) {
    if (tooDeep) {
      return JsonProblem.TOO_DEEP;
    }
    if (duplicate || (undecided && DuplicateMembers.in(text, from, to))) {
      return JsonProblem.DUPLICATE_MEMBER;
    }
    return null;
  }

  private boolean isSame(int name, byte[] text, int from, int to) {
    return Arrays.equals(text, names[3 * name + 1], names[3 * name + 2], text, from, to);
  }

  private void remember(int hash, int from, int to) {
    if (3 * nameCount == names.length) {
      names = Arrays.copyOf(names, 2 * names.length);
    }
    names[3 * nameCount] = hash;
    names[3 * nameCount + 1] = from;
    names[3 * nameCount + 2] = to;
    nameCount++;
  }

  private static int hash(byte[] text, int from, int to) {
    int hash = to - from;
    for (int at = from; at < to; at++) {
      hash = 31 * hash + text[at];
    }
    return hash;
  }
}
