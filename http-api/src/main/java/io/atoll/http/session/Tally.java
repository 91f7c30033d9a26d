package io.atoll.http.session;

import io.atoll.http.OperationKind;
import io.atoll.http.TenantMeter;
import java.util.Arrays;

/** Counts the outcomes of one reply by kind and status, so that a meter is told once of many. */
final class Tally {
  private static final OperationKind[] KINDS = OperationKind.values();
  private static final int STATUSES = 1_000;

  private int[] sorts = new int[8];
  private int[] counts = new int[8];
  private int size;

  /** Counts one outcome. */
  void add(OperationKind kind, int status) {
    int sort = kind.ordinal() * STATUSES + status;
    int at = 0;
    while (at < size && sorts[at] != sort) {
      at++;
    }
    if (at == size) {
      begin(sort);
    }
    counts[at]++;
  }

  /** Tells what was counted, each of which took so many nanoseconds, and begins anew. */
  void tell(TenantMeter meter, long nanos) {
    for (int at = 0; at < size; at++) {
      meter.operations(KINDS[sorts[at] / STATUSES], sorts[at] % STATUSES, counts[at], nanos);
    }
    size = 0;
  }

  private void begin(int sort) {
    if (size == sorts.length) {
      sorts = Arrays.copyOf(sorts, size * 2);
      counts = Arrays.copyOf(counts, size * 2);
    }
    sorts[size] = sort;
    counts[size] = 0;
    size++;
  }
}
