package io.atoll.metrics;

import static java.util.Objects.requireNonNull;

import io.atoll.http.OperationKind;
import io.atoll.plan.Tier;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How long operations take, a histogram for each kind in each tier. Thread-safe. */
final class OperationTimes implements Collector {
  private final Map<Tier, Map<OperationKind, Histogram>> histograms = new EnumMap<>(Tier.class);

  OperationTimes() {
    for (Tier tier : Tier.values()) {
      Map<OperationKind, Histogram> ofTier = new EnumMap<>(OperationKind.class);
      for (OperationKind kind : OperationKind.values()) {
        ofTier.put(kind, new Histogram());
      }
      histograms.put(tier, ofTier);
    }
  }

  /** The histograms of a tier, one for each kind. */
  Map<OperationKind, Histogram> of(Tier tier) {
    return requireNonNull(histograms.get(tier));
  }

  /** Shows the kinds of which there was an operation. */
  @Override
  public MetricSnapshot collect() {
    HistogramSnapshot.Builder snapshot =
        HistogramSnapshot.builder()
            .name("atoll_operation_seconds")
            .help("Time of one operation at the edge.");
    histograms.forEach((tier, ofTier) ->
        ofTier.forEach((kind, histogram) -> {
          long[] counts = histogram.counts();
          if (!isEmpty(counts)) {
            snapshot.dataPoint(point(tier, kind, counts, histogram.sumNanos()));
          }
        }));
    return snapshot.build();
  }

  private static boolean isEmpty(long[] counts) {
    for (long count : counts) {
      if (count > 0) {
        return false;
      }
    }
    return true;
  }

  private static HistogramDataPointSnapshot point(
      Tier tier, OperationKind kind, long[] counts, long sumNanos) {
    List<Double> bounds = new ArrayList<>();
    List<Number> values = new ArrayList<>();
    for (int bucket = 0; bucket < counts.length; bucket++) {
      bounds.add(Histogram.bound(bucket));
      values.add(counts[bucket]);
    }
    return HistogramDataPointSnapshot.builder()
        .labels(Labels.of("tier", tier.name(), "op", kind.label()))
        .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, values))
        .sum(sumNanos / 1e9)
        .build();
  }
}
