package io.atoll.http.route;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Times of requests, in RFC 3339. */
final class Times {
  private Times() {}

  /** Epoch milliseconds of the time, or the given ones when there is none. */
  static long millis(String name, @Nullable String text, long absent) {
    if (text == null) {
      return absent;
    }
    try {
      Instant instant = OffsetDateTime.parse(text).toInstant();
      return instant.toEpochMilli();
    } catch (DateTimeException | ArithmeticException wrong) {
      throw RefusedException.invalid(name + " must be a time in RFC 3339");
    }
  }
}
