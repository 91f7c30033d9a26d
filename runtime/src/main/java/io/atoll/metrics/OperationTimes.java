package io.atoll.metrics;

import io.atoll.http.OperationKind;
import io.atoll.plan.Tier;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.List;

/** How long operations take, a histogram for each kind in each tier. Thread-safe. */
final class OperationTimes implements Collector {
  private static final OperationKind[] KINDS = OperationKind.values();
  private static final Tier[] TIERS = Tier.values();

  private final Histogram[] histograms = new Histogram[TIERS.length * KINDS.length];

  OperationTimes() {
    for (int i = 0; i < histograms.length; i++) {
      histograms[i] = new Histogram();
    }
  }

  void add(Tier tier, OperationKind kind, int count, long nanos) {
    histogram(tier, kind).add(count, nanos);
  }

  /** Shows the kinds of which there was an operation. */
  @Override
  public MetricSnapshot collect() {
    HistogramSnapshot.Builder snapshot =
        HistogramSnapshot.builder()
            .name("atoll_operation_seconds")
            .help("Time of one operation at the edge.");
    for (Tier tier : TIERS) {
      for (OperationKind kind : KINDS) {
        Histogram histogram = histogram(tier, kind);
        long[] counts = histogram.counts();
        if (!isEmpty(counts)) {
          snapshot.dataPoint(point(tier, kind, counts, histogram.sumNanos()));
        }
      }
    }
    return snapshot.build();
  }

  private Histogram histogram(Tier tier, OperationKind kind) {
    return histograms[tier.ordinal() * KINDS.length + kind.ordinal()];
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
