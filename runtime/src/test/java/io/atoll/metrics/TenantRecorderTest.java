package io.atoll.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.http.OperationKind;
import io.atoll.http.TenantMeter;
import io.atoll.plan.Tier;
import io.atoll.refusal.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class TenantRecorderTest {
  private final NodeMetrics metrics =
      new NodeMetrics(new MetricsSettings(2, Duration.ofMinutes(1), Duration.ofSeconds(10)));

  @Test
  void manyOperationsAreCountedInOneCall() {
    TenantMeter meter = metrics.tenant("acme", Tier.A);

    meter.operations(OperationKind.GET, 200, 40, 90_000);
    meter.operations(OperationKind.GET, 200, 2, 300_000);
    meter.operations(OperationKind.GET, 299, 3, 20_000_000_000L);

    assertThat(metrics.text().lines())
        .contains(
            "atoll_operations_total{op=\"get\",status=\"200\",tenant=\"acme\",tier=\"A\"} 42.0",
            "atoll_operations_total{op=\"get\",status=\"299\",tenant=\"acme\",tier=\"A\"} 3.0",
            "atoll_operation_seconds_bucket{op=\"get\",tier=\"A\",le=\"1.0E-4\"} 40",
            "atoll_operation_seconds_bucket{op=\"get\",tier=\"A\",le=\"5.0E-4\"} 42",
            "atoll_operation_seconds_bucket{op=\"get\",tier=\"A\",le=\"10.0\"} 42",
            "atoll_operation_seconds_bucket{op=\"get\",tier=\"A\",le=\"+Inf\"} 45",
            "atoll_operation_seconds_count{op=\"get\",tier=\"A\"} 45",
            "atoll_operation_seconds_sum{op=\"get\",tier=\"A\"} 60.0042");
  }

  @Test
  void errorsOfATenantAreOneSeriesHoweverTheyAreTold() {
    metrics.tenant("acme", Tier.A).error(ErrorCode.KEY_NOT_FOUND);
    metrics.error("acme", Tier.A, "KEY_NOT_FOUND");

    assertThat(metrics.text().lines())
        .contains("atoll_errors_total{code=\"KEY_NOT_FOUND\",tenant=\"acme\",tier=\"A\"} 2.0");
  }

  @Test
  void aMeterThatIsKeptFollowsTheTenantsLabel() {
    List<TenantMeter> meters = new ArrayList<>();
    for (String tenant : new String[] {"first", "second", "late"}) {
      meters.add(metrics.tenant(tenant, Tier.C));
      meters.getLast().operations(OperationKind.SET, 201, 1, 1_000);
    }
    assertThat(metrics.labelled()).containsExactlyInAnyOrder("first", "second");

    meters.getLast().operations(OperationKind.SET, 201, 100, 1_000);
    metrics.review();
    meters.getLast().operations(OperationKind.SET, 201, 7, 1_000);
    meters.getFirst().operations(OperationKind.SET, 201, 1, 1_000);

    assertThat(metrics.labelled()).contains("late");
    assertThat(count("late")).isEqualTo(7);
    assertThat(total()).isEqualTo(111);
  }

  @Test
  void aQuietTenantsMeterCountsOnAfterItWasForgotten() {
    TenantMeter kept = metrics.tenant("quiet", Tier.C);
    kept.operations(OperationKind.GET, 200, 1, 1_000);
    metrics.review();
    metrics.review();

    kept.operations(OperationKind.GET, 200, 2, 1_000);
    metrics.tenant("quiet", Tier.C).operations(OperationKind.GET, 200, 3, 1_000);

    assertThat(count("quiet")).isEqualTo(6);
  }

  @Test
  void theUsageOfATenantIsShownInTheTierThatItHasNow() {
    metrics.tenant("acme", Tier.C).operations(OperationKind.GET, 200, 1, 1_000);
    metrics.tenant("acme", Tier.A).operations(OperationKind.GET, 200, 1, 1_000);
    metrics.tenant("acme", Tier.B).operations(OperationKind.GET, 200, 1, 1_000);
    metrics.utilization(java.util.Map.of("acme", java.util.Map.of("maps", 50.0)));

    assertThat(metrics.text().lines())
        .contains("atoll_limit_usage_ratio{quota=\"maps\",tenant=\"acme\",tier=\"B\"} 0.5");
  }

  @Test
  void nothingIsLostWhileLabelsChangeHands() {
    int threads = 4;
    int rounds = 20_000;
    var running = new CountDownLatch(threads);

    try (var pool = Executors.newFixedThreadPool(threads)) {
      for (int thread = 0; thread < threads; thread++) {
        TenantMeter meter = metrics.tenant("tenant-" + thread, Tier.B);
        pool.execute(() -> {
          for (int round = 0; round < rounds; round++) {
            meter.operations(OperationKind.DELETE, 204, 1 + round % 3, 1_000);
          }
          running.countDown();
        });
      }
      while (running.getCount() > 0) {
        metrics.review();
        assertThat(metrics.text()).isNotEmpty();
      }
    }

    long each = (rounds / 3) * 6L + rounds % 3 + (rounds % 3 == 2 ? 1 : 0);
    assertThat(total()).isEqualTo(threads * each);
  }

  private long count(String tenant) {
    return sum(line -> line.contains("tenant=\"" + tenant + "\""));
  }

  private long total() {
    return sum(line -> true);
  }

  private long sum(java.util.function.Predicate<String> which) {
    return metrics
        .text()
        .lines()
        .filter(line -> line.startsWith("atoll_operations_total{"))
        .filter(which)
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
