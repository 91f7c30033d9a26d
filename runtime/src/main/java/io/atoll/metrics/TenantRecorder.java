package io.atoll.metrics;

import static java.util.Objects.requireNonNull;

import io.atoll.http.OperationKind;
import io.atoll.http.TenantMeter;
import io.atoll.plan.Tier;
import io.atoll.refusal.ErrorCode;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts what one tenant is answered in one tier. It remembers the series to count in until the
 * labels change hands; whatever was counted under a label meanwhile lost goes to its heir.
 */
final class TenantRecorder implements TenantMeter {
  private final Counters counters;
  private final String tenant;
  private final Tier tier;
  private final Map<OperationKind, Histogram> times;
  private volatile @Nullable Known known;

  TenantRecorder(Counters counters, String tenant, Tier tier) {
    this.counters = counters;
    this.tenant = tenant;
    this.tier = tier;
    this.times = counters.times.of(tier);
  }

  /** Where recorders count. */
  record Counters(
      TenantLabels labels,
      TenantCounter operations,
      TenantCounter errors,
      OperationTimes times,
      LimitUsage limitUsage) {}

  Tier tier() {
    return tier;
  }

  @Override
  public void operations(OperationKind kind, int status, int count, long nanos) {
    Known now = known();
    now.weight.add(count);
    operations(now, kind, status).add(count);
    requireNonNull(times.get(kind)).add(count, nanos);
  }

  @Override
  public void error(ErrorCode code) {
    Known now = known();
    now.weight.add(1);
    errors(now, code).add(1);
  }

  private Known known() {
    Known before = known;
    return before != null && before.round == counters.labels.round() ? before : find();
  }

  /** The round is read first: a review that comes between makes the rest be found again. */
  private Known find() {
    int round = counters.labels.round();
    LongAdder weight = counters.labels.weight(tenant);
    Known found = new Known(round, weight, counters.labels.label(tenant));
    counters.limitUsage.seen(tenant, tier);
    known = found;
    return found;
  }

  private Series operations(Known now, OperationKind kind, int status) {
    int place = StatusPlace.of(status);
    if (place < 0) {
      return findOperations(now, kind, status);
    }
    @Nullable Series[] ofKind = requireNonNull(now.operations.get(kind));
    Series series = ofKind[place];
    if (series == null) {
      series = findOperations(now, kind, status);
      ofKind[place] = series;
    }
    return series;
  }

  private Series findOperations(Known now, OperationKind kind, int status) {
    return counters.operations.series(
        now.label, tier.name(), kind.label(), Integer.toString(status));
  }

  private Series errors(Known now, ErrorCode code) {
    Series known = now.errors.get(code);
    return known != null
        ? known
        : now.errors.computeIfAbsent(
            code, absent -> counters.errors.series(now.label, tier.name(), code.name()));
  }

  /** What holds for one round. Threads that fill the same place at once write the same series. */
  private static final class Known {
    final int round;
    final LongAdder weight;
    final String label;
    final Map<OperationKind, @Nullable Series[]> operations = new EnumMap<>(OperationKind.class);
    final ConcurrentHashMap<ErrorCode, Series> errors = new ConcurrentHashMap<>();

    Known(int round, LongAdder weight, String label) {
      this.round = round;
      this.weight = weight;
      this.label = label;
      for (OperationKind kind : OperationKind.values()) {
        operations.put(kind, new Series[StatusPlace.COUNT]);
      }
    }
  }
}
