package io.atoll.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.random.RandomGenerator;

/** JSON values of exactly one size, a few to choose from. */
final class Values {
  static final int SMALLEST = 8;
  private static final int COUNT = 256;
  private static final String OPENING = "{\"v\":\"";
  private static final String CLOSING = "\"}";

  private final byte[][] values = new byte[COUNT][];

  Values(int size, RandomGenerator random) {
    for (int i = 0; i < COUNT; i++) {
      values[i] = value(size, random).getBytes(US_ASCII);
    }
  }

  int count() {
    return COUNT;
  }

  /** Not to be changed. */
  byte[] value(int number) {
    return values[number];
  }

  private static String value(int size, RandomGenerator random) {
    StringBuilder text = new StringBuilder(OPENING);
    while (text.length() < size - CLOSING.length()) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    return text.append(CLOSING).toString();
  }
}
