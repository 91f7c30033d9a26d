package io.atoll.metrics;

import static java.util.Objects.requireNonNull;

import io.atoll.http.OperationKind;
import io.atoll.http.TenantMeter;
import io.atoll.plan.Tier;
import io.atoll.refusal.ErrorCode;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts what one tenant is answered in one tier. It remembers the series to count in until the
 * labels change hands; whatever was counted under a label meanwhile lost goes to its heir.
 */
@SuppressWarnings(
    "EnumOrdinal") // only as a place in an array that lives no longer than the process
final class TenantRecorder implements TenantMeter {
  private static final int KINDS = OperationKind.values().length;
  private static final int CODES = ErrorCode.values().length;

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
    @Nullable Series[] ofKind = now.operations(kind);
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
    @Nullable Series[] byCode = now.errors();
    Series series = byCode[code.ordinal()];
    if (series == null) {
      series = counters.errors.series(now.label, tier.name(), code.name());
      byCode[code.ordinal()] = series;
    }
    return series;
  }

  /**
   * What holds for one round; rows are made when they are needed, as there is one of these for each
   * tenant. Threads that fill the same place at once write the same series, and a row that is lost
   * to another is only found again.
   */
  private static final class Known {
    final int round;
    final LongAdder weight;
    final String label;
    private final @Nullable Series[] @Nullable [] operations = new Series[KINDS][];
    private @Nullable Series @Nullable [] errors;

    Known(int round, LongAdder weight, String label) {
      this.round = round;
      this.weight = weight;
      this.label = label;
    }

    @Nullable Series[] operations(OperationKind kind) {
      @Nullable Series[] row = operations[kind.ordinal()];
      if (row == null) {
        row = new Series[StatusPlace.COUNT];
        operations[kind.ordinal()] = row;
      }
      return row;
    }

    @Nullable Series[] errors() {
      @Nullable Series[] row = errors;
      if (row == null) {
        row = new Series[CODES];
        errors = row;
      }
      return row;
    }
  }
}
