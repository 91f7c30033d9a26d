package io.atoll.http.listener;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The value of the Date header, made once a second. Thread-safe. */
final class HttpDate {
  private static volatile Stamp last = new Stamp(0);

  private HttpDate() {}

  static String now() {
    long second = System.currentTimeMillis() / 1000;
    Stamp stamp = last;
    if (stamp.second != second) {
      stamp = new Stamp(second);
      last = stamp;
    }
    return stamp.text;
  }

  private static final class Stamp {
    final long second;
    final String text;

    Stamp(long second) {
      this.second = second;
      this.text =
          DateTimeFormatter.RFC_1123_DATE_TIME.format(
              Instant.ofEpochSecond(second).atOffset(ZoneOffset.UTC));
    }
  }
}
