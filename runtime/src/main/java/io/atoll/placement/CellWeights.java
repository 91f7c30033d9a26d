package io.atoll.placement;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What each cell counts for when nodes are made alike. One half of what all cells weigh is spread
 * over them evenly, the other half by the operations that their tenants are asked for: a cell that
 * nobody uses now may be used soon. Immutable.
 */
final class CellWeights {
  /** All cells weigh one. */
  static final CellWeights EVEN = new CellWeights(Map.of(), 0, true);

  /** It is not known yet what cells are asked for: nodes are not made alike. */
  static final CellWeights UNKNOWN = new CellWeights(Map.of(), 0, false);

  /** Operations a second of all cells together below which nothing is to be made of them. */
  private static final long LEAST = 200;

  private final Map<String, Integer> rates;
  private final double byOperation;
  private final boolean known;

  private CellWeights(Map<String, Integer> rates, double byOperation, boolean known) {
    this.rates = rates;
    this.byOperation = byOperation;
    this.known = known;
  }

  /** The weights of so many cells of these operations a second; null when they are not known. */
  static CellWeights of(@Nullable Map<String, Integer> rates, int cells) {
    if (rates == null) {
      return UNKNOWN;
    }
    long all = rates.values().stream().mapToLong(Integer::longValue).sum();
    return all < LEAST ? EVEN : new CellWeights(rates, (double) cells / all, true);
  }

  boolean areKnown() {
    return known;
  }

  /** Whether all cells weigh the same. */
  boolean areEven() {
    return byOperation == 0;
  }

  double of(String cell) {
    return areEven() ? 1 : 1 + rates.getOrDefault(cell, 0) * byOperation;
  }
}
