package io.atoll.metrics;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A counter with a tenant label that only the heaviest tenants have. What a tenant had counted when
 * it lost its label is counted on under {@link TenantLabels#OTHER}, so the sum over all series is
 * always the number of all events. Thread-safe.
 */
final class TenantCounter implements Collector {
  private final String name;
  private final String help;
  private final String[] labelNames;
  private final TenantLabels tenants;
  private final ConcurrentHashMap<Name, Series> counts = new ConcurrentHashMap<>();

  /** A counter whose first label is the tenant, before these others. */
  TenantCounter(String name, String help, TenantLabels tenants, List<String> otherLabels) {
    this.name = name;
    this.help = help;
    this.tenants = tenants;
    List<String> names = new ArrayList<>(otherLabels);
    names.addFirst("tenant");
    this.labelNames = names.toArray(String[]::new);
  }

  /** Counts for the tenant, with the values of the other labels in their order. */
  void add(long count, String tenant, String... others) {
    series(tenants.weigh(tenant, count), others).add(count);
  }

  /** The series with this label, to be counted on until the labels change hands. */
  Series series(String label, String... others) {
    return series(new Name(label, List.of(others)));
  }

  /** The sum of all series. */
  synchronized long total() {
    return counts.values().stream().mapToLong(Series::sum).sum();
  }

  @Override
  public synchronized MetricSnapshot collect() {
    fold();
    CounterSnapshot.Builder snapshot = CounterSnapshot.builder().name(name).help(help);
    counts.forEach((name, series) ->
        snapshot.dataPoint(
            CounterSnapshot.CounterDataPointSnapshot.builder()
                .labels(name.labels(labelNames))
                .value((double) series.sum())
                .build()));
    return snapshot.build();
  }

  /**
   * Moves the counts of tenants without a label; one that is added meanwhile is moved next time.
   */
  private void fold() {
    for (Name name : counts.keySet()) {
      if (!name.tenant().equals(TenantLabels.OTHER) && !tenants.holds(name.tenant())) {
        Series series = counts.remove(name);
        if (series != null) {
          series.mergeInto(series(new Name(TenantLabels.OTHER, name.others())));
        }
      }
    }
  }

  private Series series(Name name) {
    Series known = counts.get(name);
    return known != null ? known : counts.computeIfAbsent(name, absent -> new Series());
  }

  private record Name(String tenant, List<String> others) {
    Labels labels(String[] names) {
      String[] values = new String[names.length];
      values[0] = tenant;
      for (int index = 1; index < names.length; index++) {
        values[index] = others.get(index - 1);
      }
      return Labels.of(names, values);
    }
  }
}
