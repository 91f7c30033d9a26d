package io.atoll.http.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The names that a session used lately, so that one that comes again costs no new string and no new
 * check. Bounded; not thread-safe.
 */
final class NameCache {
  private static final int SLOTS = 64;
  private static final int MAX_BYTES = 128;

  private final Predicate<String> isValid;
  private final byte[][] keys = new byte[SLOTS][];
  private final String[] names = new String[SLOTS];

  NameCache(Predicate<String> isValid) {
    this.isValid = isValid;
    Arrays.fill(keys, new byte[0]);
    Arrays.fill(names, "");
  }

  /** The name that stands at this place of a text, null when it is not valid. */
  @Nullable String name(byte[] text, int from, int to) {
    if (from == to || to - from > MAX_BYTES) {
      return null;
    }
    int slot = slot(text, from, to);
    if (Arrays.equals(keys[slot], 0, keys[slot].length, text, from, to)) {
      return names[slot];
    }
    String name = new String(text, from, to - from, UTF_8);
    if (!isValid.test(name)) {
      return null;
    }
    keys[slot] = Arrays.copyOfRange(text, from, to);
    names[slot] = name;
    return name;
  }

  private static int slot(byte[] text, int from, int to) {
    int hash = to - from;
    for (int at = from; at < to; at++) {
      hash = 31 * hash + text[at];
    }
    return (hash ^ hash >>> 16) & (SLOTS - 1);
  }
}
