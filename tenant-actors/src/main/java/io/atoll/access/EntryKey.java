package io.atoll.access;

/**
 * The form of an entry's key: 1 to 512 bytes of UTF-8, without control characters (C0, DEL, C1) and
 * without half a surrogate pair. Nothing is normalised: other bytes are another key.
 */
public final class EntryKey {
  /** The longest key in bytes. */
  public static final int MAX_BYTES = 512;

  private static final int FIRST_TWO_BYTES = 0x80;
  private static final int FIRST_THREE_BYTES = 0x800;

  private EntryKey() {}

  public static boolean isValid(String text) {
    return !text.isEmpty() && isValidPrefix(text);
  }

  /** Whether keys may begin with the text; the empty text is the beginning of all. */
  public static boolean isValidPrefix(String text) {
    if (text.length() > MAX_BYTES) {
      return false;
    }
    int bytes = 0;
    for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
      int codePoint = text.codePointAt(at);
      if (!isAllowed(codePoint)) {
        return false;
      }
      bytes += bytesOf(codePoint);
    }
    return bytes <= MAX_BYTES;
  }

  private static boolean isAllowed(int codePoint) {
    return !Character.isISOControl(codePoint)
        && Character.getType(codePoint) != Character.SURROGATE;
  }

  private static int bytesOf(int codePoint) {
    if (codePoint < FIRST_TWO_BYTES) {
      return 1;
    }
    if (codePoint < FIRST_THREE_BYTES) {
      return 2;
    }
    return Character.isBmpCodePoint(codePoint) ? 3 : 4;
  }
}
