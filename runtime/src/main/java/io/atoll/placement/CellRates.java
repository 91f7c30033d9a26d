package io.atoll.placement;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the cells of all nodes are asked for, in operations a second, as the coordinator knows it:
 * an exponentially weighted mean of what the nodes say, so that neither a burst nor the seconds in
 * which a cell moves make cells move. Thread-safe.
 */
final class CellRates {
  /** How many tenths a new reading counts for; one is made every ten seconds. */
  private static final long NEW = 3;

  private volatile @Nullable Map<String, Integer> rates;

  /** The rates; null before the first reading. */
  @Nullable Map<String, Integer> now() {
    return rates;
  }

  /** What the nodes say of their cells. */
  synchronized void read(Collection<Map<String, Integer>> ofNodes) {
    Map<String, Integer> reading = new HashMap<>();
    ofNodes.forEach(node -> node.forEach((cell, rate) -> reading.merge(cell, rate, Integer::sum)));
    Map<String, Integer> known = rates;
    rates = known == null ? Map.copyOf(reading) : mean(known, reading);
  }

  private static Map<String, Integer> mean(
      Map<String, Integer> known, Map<String, Integer> reading) {
    Map<String, Integer> mean = new HashMap<>();
    known.forEach((cell, rate) -> put(mean, cell, rate, reading.getOrDefault(cell, 0)));
    reading.forEach((cell, rate) -> put(mean, cell, known.getOrDefault(cell, 0), rate));
    return Map.copyOf(mean);
  }

  private static void put(Map<String, Integer> mean, String cell, int before, int now) {
    int rate = (int) (((10 - NEW) * before + NEW * now) / 10);
    if (rate > 0) {
      mean.put(cell, rate);
    }
  }
}
