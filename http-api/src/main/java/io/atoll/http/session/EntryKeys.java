package io.atoll.http.session;

import io.atoll.access.EntryKey;

/** The form of {@link EntryKey} for bytes that are well-formed UTF-8 already. */
final class EntryKeys {
  private static final int DELETE = 0x7F;
  private static final byte LEAD_OF_C1 = (byte) 0xC2;
  private static final byte LAST_C1 = (byte) 0x9F;

  private EntryKeys() {}

  static boolean isValid(byte[] key) {
    return key.length > 0 && isValidPrefix(key);
  }

  /** Whether keys may begin with these bytes. */
  static boolean isValidPrefix(byte[] prefix) {
    if (prefix.length > EntryKey.MAX_BYTES) {
      return false;
    }
    for (int at = 0; at < prefix.length; at++) {
      if (isControl(prefix, at)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isControl(byte[] text, int at) {
    byte next = text[at];
    if (next >= 0) {
      return next < ' ' || next == DELETE;
    }
    return next == LEAD_OF_C1 && text[at + 1] <= LAST_C1;
  }
}
