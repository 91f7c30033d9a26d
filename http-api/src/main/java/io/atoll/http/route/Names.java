package io.atoll.http.route;

import io.atoll.access.EntryKey;
import io.atoll.access.MapName;
import io.atoll.map.Key;

/** Names of maps and keys of entries, checked. */
final class Names {
  private Names() {}

  static String map(String text) {
    if (!MapName.isValid(text)) {
      throw RefusedException.invalid("map must be 1 to 128 of A-Z a-z 0-9 _ . -");
    }
    return text;
  }

  static Key key(String text) {
    if (!EntryKey.isValid(text)) {
      throw RefusedException.invalid(
          "key must be 1 to 512 bytes of UTF-8 without control characters");
    }
    return Key.of(text);
  }

  /** A text with which keys may begin; the empty one is the beginning of all. */
  static Key prefix(String name, String text) {
    if (!EntryKey.isValidPrefix(text)) {
      throw RefusedException.invalid(
          name + " must be up to 512 bytes of UTF-8 without control characters");
    }
    return Key.of(text);
  }
}
