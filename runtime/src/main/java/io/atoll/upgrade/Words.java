package io.atoll.upgrade;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a command into words at spaces; what stands in single or double quotes is one word. There
 * is nothing else to a quote, and no shell.
 */
final class Words {
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean inWord;

  private Words() {}

  /** The words of the text; fails with {@link IllegalArgumentException} for an open quote. */
  static List<String> of(String text) {
    Words words = new Words();
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : words.add(c, quote);
      } else if (c == '\'' || c == '"') {
        quote = c;
        words.inWord = true;
      } else if (Character.isWhitespace(c)) {
        words.end();
      } else {
        words.add(c, quote);
      }
    }
    if (quote != 0) {
      throw new IllegalArgumentException("a quote " + quote + " is not closed");
    }
    words.end();
    return words.words;
  }

  private char add(char c, char quote) {
    word.append(c);
    inWord = true;
    return quote;
  }

  private void end() {
    if (inWord) {
      words.add(word.toString());
    }
    word.setLength(0);
    inWord = false;
  }
}
