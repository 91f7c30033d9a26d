package io.atoll.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.http.OperationKind;
import io.atoll.node.NodeProcess;
import io.atoll.plan.Tier;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class NodeMetricsTest {
  private final NodeMetrics metrics =
      new NodeMetrics(new MetricsSettings(2, Duration.ofMinutes(1), Duration.ofSeconds(10)));

  private void everythingHappens() {
    metrics.hotTenants(() -> 7);
    metrics.tenant("acme", Tier.B).operations(OperationKind.SET, 201, 1, 1_500_000);
    metrics.action("acme", Tier.B, "commands", true);
    metrics.action("acme", Tier.B, "commands", false);
    metrics.error("acme", Tier.B, "KEY_NOT_FOUND");
    metrics.denial("acme", Tier.B, "maps", false);
    metrics.denial("acme", null, "opsPerSecond", true);
    metrics.connections(Tier.B, 1);
    metrics.committed(12, 3_000, 4_000_000);
    metrics.utilization(Map.of("acme", Map.of("maps", 50.0)));
  }

  @Test
  void theNamesAndLabelsAreThoseOfTheContract() {
    everythingHappens();

    assertThat(metrics.text().lines())
        .contains(
            "atoll_operations_total{op=\"set\",status=\"201\",tenant=\"acme\",tier=\"B\"} 1.0",
            "atoll_operation_seconds_bucket{op=\"set\",tier=\"B\",le=\"0.0025\"} 1",
            "atoll_operation_seconds_bucket{op=\"set\",tier=\"B\",le=\"0.001\"} 0",
            "atoll_actions_total{action=\"commands\",result=\"passed\",tenant=\"acme\",tier=\"B\"} 1.0",
            "atoll_actions_total{action=\"commands\",result=\"refused\",tenant=\"acme\",tier=\"B\"} 1.0",
            "atoll_errors_total{code=\"KEY_NOT_FOUND\",tenant=\"acme\",tier=\"B\"} 1.0",
            "atoll_denials_total{at=\"tenant\",quota=\"maps\",tenant=\"acme\",tier=\"B\"} 1.0",
            "atoll_denials_total{at=\"edge\",quota=\"opsPerSecond\",tenant=\"acme\",tier=\"__none__\"} 1.0",
            "atoll_limit_usage_ratio{quota=\"maps\",tenant=\"acme\",tier=\"B\"} 0.5",
            "atoll_hot_tenants 7.0",
            "atoll_connections{tier=\"B\"} 1.0",
            "atoll_connections{tier=\"A\"} 0.0",
            "atoll_journal_commit_seconds_count 1",
            "atoll_journal_commit_size_sum 12.0");
  }

  @Test
  void thePageListsEveryMetric() throws IOException {
    everythingHappens();
    String page = Files.readString(NodeProcess.root().resolve("docs/metrics.md"));
    Set<String> listed =
        Pattern.compile("`(atoll_[a-z_]+)`")
            .matcher(page)
            .results()
            .map(name -> name.group(1))
            .collect(Collectors.toSet());

    assertThat(metrics.text().lines())
        .filteredOn(line -> line.startsWith("# TYPE atoll_"))
        .extracting(line -> line.split(" ", -1)[2])
        .containsExactlyInAnyOrderElementsOf(listed);
  }

  @Test
  void theLightestShareOneLabel() {
    for (String tenant : new String[] {"a", "b", "c", "d"}) {
      metrics.tenant(tenant, Tier.C).operations(OperationKind.GET, 200, 1, 1_000);
    }

    assertThat(metrics.text().lines())
        .contains(
            "atoll_operations_total{op=\"get\",status=\"200\",tenant=\"__other__\",tier=\"C\"} 2.0")
        .noneMatch(line -> line.contains("tenant=\"d\""));
  }

  @Test
  void theProcessShowsItself() {
    assertThat(metrics.text()).contains("jvm_memory_used_bytes", "process_uptime_seconds");
  }
}
