package io.atoll.http.json;

/**
 * The well-formed byte sequences of UTF-8: no overlong forms, no surrogates, nothing past U+10FFFF.
 */
final class Utf8 {
  private Utf8() {}

  /** Passes a sequence of two to four bytes that begins here, or answers -1. */
  static int skipSequence(byte[] text, int at, int end) {
    int lead = text[at] & 0xFF;
    int length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    if (length == 0 || at + length > end || !isSecond(lead, text[at + 1] & 0xFF)) {
      return -1;
    }
    for (int next = at + 2; next < at + length; next++) {
      if ((text[next] & 0xC0) != 0x80) {
        return -1;
      }
    }
    return at + length;
  }

  private static boolean isSecond(int lead, int second) {
    int lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    int highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    return second >= lowest && second <= highest;
  }
}
