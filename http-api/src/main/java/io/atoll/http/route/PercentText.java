package io.atoll.http.route;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Percent-encoded text of a request target, decoded exactly once and never normalised. */
final class PercentText {
  private PercentText() {}

  /** The text; empty when an escape is broken or the bytes are not UTF-8. A plus is a plus. */
  static Optional<String> decode(String raw) {
    if (raw.indexOf('%') < 0) {
      return Optional.of(raw);
    }
    byte[] bytes = new byte[raw.length()];
    int size = 0;
    for (int at = 0; at < raw.length(); at++) {
      char c = raw.charAt(at);
      if (c == '%') {
        int value = hex(raw, at + 1) * 16 + hex(raw, at + 2);
        if (value < 0) {
          return Optional.empty();
        }
        bytes[size++] = (byte) value;
        at += 2;
      } else {
        bytes[size++] = (byte) c;
      }
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, size)).toString());
    } catch (CharacterCodingException notText) {
      return Optional.empty();
    }
  }

  private static int hex(String raw, int at) {
    int digit = at < raw.length() ? Character.digit(raw.charAt(at), 16) : -1;
    return digit < 0 ? -1_000 : digit;
  }
}
