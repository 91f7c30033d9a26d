package io.atoll.placement;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What each cell counts for when nodes are made alike: one for being there, since a cell that
 * nobody uses now may be used soon, and its share of all operations times the number of cells. The
 * second part counts in full from {@link #FULL_USE} operations a second on, and for less the less
 * there are: then it does not matter where they are. Immutable.
 */
final class CellWeights {
  /** All cells weigh one. */
  static final CellWeights EVEN = new CellWeights(Map.of(), 0, 0, true);

  /** It is not known yet what cells are asked for: nodes are not made alike. */
  static final CellWeights UNKNOWN = new CellWeights(Map.of(), 0, 0, false);

  /** Operations a second of all cells together that keep nodes busy. */
  static final long FULL_USE = 5_000;

  private final Map<String, Integer> rates;
  private final double byOperation;
  private final double use;
  private final boolean known;

  private CellWeights(Map<String, Integer> rates, double byOperation, double use, boolean known) {
    this.rates = rates;
    this.byOperation = byOperation;
    this.use = use;
    this.known = known;
  }

  /** The weights of so many cells of these operations a second; null when they are not known. */
  static CellWeights of(@Nullable Map<String, Integer> rates, int cells) {
    if (rates == null) {
      return UNKNOWN;
    }
    long all = rates.values().stream().mapToLong(Integer::longValue).sum();
    double counted = Math.max(all, FULL_USE);
    return new CellWeights(rates, cells / counted, all / counted, true);
  }

  boolean areKnown() {
    return known;
  }

  /** How much use counts: from 0 for none to 1. */
  double use() {
    return use;
  }

  double of(String cell) {
    return 1 + rates.getOrDefault(cell, 0) * byOperation;
  }
}
