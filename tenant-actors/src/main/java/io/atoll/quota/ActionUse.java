package io.atoll.quota;

import java.util.List;

/** The uses of one named action, oldest first, to be kept across a restart. Immutable. */
public record ActionUse(String action, List<Stamp> stamps) {
  public ActionUse {
    stamps = List.copyOf(stamps);
  }

  /** A number of uses at an epoch millisecond. */
  public record Stamp(long at, long count) {}
}
