package io.atoll.placement;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the cells of all nodes are asked for, in operations a second, as the coordinator knows it:
 * for each cell the median of the last five readings, which are ten seconds apart. So what lasts
 * for less than half a minute, a burst or the pause in which a cell moves, is not seen.
 * Thread-safe.
 */
final class CellRates {
  private static final int READINGS = 5;

  private final ArrayDeque<Map<String, Integer>> readings = new ArrayDeque<>();
  private volatile @Nullable Map<String, Integer> rates;

  /** The rates; null before the first reading. */
  @Nullable Map<String, Integer> now() {
    return rates;
  }

  /** Goes on with what the coordinator before has told, if nothing was read here. */
  synchronized void resume(Map<String, Integer> told) {
    if (readings.isEmpty()) {
      for (int reading = 1; reading < READINGS; reading++) {
        readings.addLast(told);
      }
      rates = told;
    }
  }

  /** What the nodes say of their cells. */
  synchronized void read(Collection<Map<String, Integer>> ofNodes) {
    Map<String, Integer> reading = new HashMap<>();
    ofNodes.forEach(node -> node.forEach((cell, rate) -> reading.merge(cell, rate, Integer::sum)));
    readings.addLast(Map.copyOf(reading));
    if (readings.size() > READINGS) {
      readings.removeFirst();
    }
    rates = medians();
  }

  /** Not all nodes know what their cells are asked for: none counts. */
  synchronized void areNotKnown() {
    readings.clear();
    rates = Map.of();
  }

  private Map<String, Integer> medians() {
    Set<String> cells = new HashSet<>();
    readings.forEach(reading -> cells.addAll(reading.keySet()));
    Map<String, Integer> medians = new HashMap<>();
    for (String cell : cells) {
      int median = median(cell);
      if (median > 0) {
        medians.put(cell, median);
      }
    }
    return Map.copyOf(medians);
  }

  /** The lower one of an even number of readings. */
  private int median(String cell) {
    int[] sorted =
        readings.stream().mapToInt(reading -> reading.getOrDefault(cell, 0)).sorted().toArray();
    return sorted[(sorted.length - 1) / 2];
  }
}
