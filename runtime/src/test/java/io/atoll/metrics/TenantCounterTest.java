package io.atoll.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TenantCounterTest {
  private static final int MOST = 3;

  @Property(tries = 200)
  void theSeriesOfEachResultAddUpToAllEvents(@ForAll("events") List<Event> events) {
    var labels = new TenantLabels(MOST);
    var counter = new TenantCounter("events", "Events.", labels, List.of("result"));
    Map<String, Long> expected = new HashMap<>();

    for (Event event : events) {
      counter.add(event.count(), event.tenant(), event.result());
      expected.merge(event.result(), event.count(), Long::sum);
      if (event.review()) {
        labels.review();
      }
      assertThat(sums(counter)).isEqualTo(expected);
      assertThat(tenants(counter)).hasSizeLessThanOrEqualTo(MOST + 1);
    }
  }

  @Provide
  Arbitrary<List<Event>> events() {
    return Combinators.combine(
            Arbitraries.of("a", "b", "c", "d", "e", "f"),
            Arbitraries.of("ok", "refused"),
            Arbitraries.longs().between(1, 1000),
            Arbitraries.of(true, false))
        .as(Event::new)
        .list()
        .ofMaxSize(60);
  }

  @Test
  void nothingIsLostWhileLabelsChangeHands() {
    var labels = new TenantLabels(MOST);
    var counter = new TenantCounter("events", "Events.", labels, List.of("result"));
    int threads = 4;
    int rounds = 20_000;
    var running = new CountDownLatch(threads);

    try (var pool = Executors.newFixedThreadPool(threads)) {
      for (int thread = 0; thread < threads; thread++) {
        int offset = thread;
        pool.execute(() -> {
          for (int round = 0; round < rounds; round++) {
            counter.add(1, "tenant-" + (round / 100 + offset) % 10, "ok");
          }
          running.countDown();
        });
      }
      while (running.getCount() > 0) {
        labels.review();
        counter.collect();
      }
    }

    assertThat(sums(counter)).isEqualTo(Map.of("ok", (long) threads * rounds));
  }

  private static Map<String, Long> sums(TenantCounter counter) {
    Map<String, Long> sums = new HashMap<>();
    for (var point : ((CounterSnapshot) counter.collect()).getDataPoints()) {
      sums.merge(point.getLabels().get("result"), (long) point.getValue(), Long::sum);
    }
    return sums;
  }

  private static Set<String> tenants(TenantCounter counter) {
    Set<String> tenants = new HashSet<>();
    for (var point : ((CounterSnapshot) counter.collect()).getDataPoints()) {
      tenants.add(point.getLabels().get("tenant"));
    }
    return tenants;
  }

  record Event(String tenant, String result, long count, boolean review) {}
}
