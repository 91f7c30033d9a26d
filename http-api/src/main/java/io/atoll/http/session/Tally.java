package io.atoll.http.session;

import io.atoll.http.OperationKind;
import io.atoll.http.TenantMeter;
import java.util.Arrays;

/** Counts the outcomes of one reply by kind and status, so that a meter is told once of many. */
final class Tally {
  private OperationKind[] kinds = new OperationKind[8];
  private int[] statuses = new int[8];
  private int[] counts = new int[8];
  private int size;

  /** Counts one outcome. */
  void add(OperationKind kind, int status) {
    int at = 0;
    while (at < size && (kinds[at] != kind || statuses[at] != status)) {
      at++;
    }
    if (at == size) {
      begin(kind, status);
    }
    counts[at]++;
  }

  /** Tells what was counted, each of which took so many nanoseconds, and begins anew. */
  void tell(TenantMeter meter, long nanos) {
    for (int at = 0; at < size; at++) {
      meter.operations(kinds[at], statuses[at], counts[at], nanos);
    }
    size = 0;
  }

  private void begin(OperationKind kind, int status) {
    if (size == kinds.length) {
      kinds = Arrays.copyOf(kinds, size * 2);
      statuses = Arrays.copyOf(statuses, size * 2);
      counts = Arrays.copyOf(counts, size * 2);
    }
    kinds[size] = kind;
    statuses[size] = status;
    counts[size] = 0;
    size++;
  }
}
