package io.atoll.access;

import java.util.random.RandomGenerator;

/** Digits and letters, of which keys are made. */
final class Base62 {
  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private Base62() {}

  /** A text of independent random characters, 5.95 bits each. */
  static String random(RandomGenerator random, int length) {
    StringBuilder text = new StringBuilder(length);
    while (text.length() < length) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }

  /** A number of 0 or more as text of this length; the number must fit. */
  static String encode(long number, int length) {
    char[] text = new char[length];
    long rest = number;
    for (int at = length - 1; at >= 0; at--) {
      text[at] = ALPHABET.charAt((int) (rest % ALPHABET.length()));
      rest /= ALPHABET.length();
    }
    return new String(text);
  }

  static boolean isBase62(String text) {
    return text.chars().allMatch(character -> ALPHABET.indexOf(character) >= 0);
  }
}
