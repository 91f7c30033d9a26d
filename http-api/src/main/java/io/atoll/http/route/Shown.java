package io.atoll.http.route;

/** A client's own words as they may be told back: short, and printable. */
final class Shown {
  private static final int LONGEST = 64;

  private Shown() {}

  static String text(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(LONGEST)
        .forEach(point ->
            shown.appendCodePoint(
                Character.isISOControl(point) || Character.getType(point) == Character.FORMAT
                    ? '?'
                    : point));
    return shown.toString();
  }
}
