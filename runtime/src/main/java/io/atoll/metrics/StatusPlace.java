package io.atoll.metrics;

import io.atoll.refusal.ErrorCode;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Numbers the statuses that outcomes have from 0 on. */
final class StatusPlace {
  private static final int[] STATUSES =
      IntStream.concat(
              IntStream.of(200, 201, 204),
              Stream.of(ErrorCode.values()).mapToInt(ErrorCode::status))
          .distinct()
          .toArray();
  private static final byte[] PLACES = places();

  /** How many there are. */
  static final int COUNT = STATUSES.length;

  private StatusPlace() {}

  /** The place of a status, -1 when it is none of those. */
  static int of(int status) {
    return status >= 0 && status < PLACES.length ? PLACES[status] : -1;
  }

  private static byte[] places() {
    byte[] places = new byte[600];
    Arrays.fill(places, (byte) -1);
    for (int place = 0; place < STATUSES.length; place++) {
      places[STATUSES[place]] = (byte) place;
    }
    return places;
  }
}
