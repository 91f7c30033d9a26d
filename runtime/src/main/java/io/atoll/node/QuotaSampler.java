package io.atoll.node;

import io.atoll.metrics.NodeMetrics;
import io.atoll.tenant.HotTenant;
import io.atoll.tenant.HotTenants;
import io.atoll.tenant.TenantCommand;
import io.atoll.tenant.TenantReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.jspecify.annotations.Nullable;

/**
 * Asks the heaviest tenants how much of their quotas they use, and shows it in the metrics. A
 * tenant that is not in memory is not woken, and one that is does not stay there for it.
 */
final class QuotaSampler {
  private static final Duration BOUND = Duration.ofSeconds(2);

  private final ActorSystem<?> system;
  private final HotTenants hotTenants;
  private final NodeMetrics metrics;

  QuotaSampler(ActorSystem<?> system, HotTenants hotTenants, NodeMetrics metrics) {
    this.system = system;
    this.hotTenants = hotTenants;
    this.metrics = metrics;
  }

  /** Asks once; a tenant that does not answer in time is left out. */
  void run() {
    Map<String, HotTenant> hot = hotTenants.after(null);
    Map<String, Map<String, Double>> percent = new ConcurrentHashMap<>();
    List<CompletableFuture<?>> answers = new ArrayList<>();
    for (String tenant : metrics.labelled()) {
      HotTenant there = hot.get(tenant);
      if (there != null) {
        answers.add(ask(there.actor(), percent));
      }
    }
    CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .thenRun(() -> metrics.utilization(percent));
  }

  private CompletableFuture<?> ask(
      ActorRef<TenantCommand> actor, Map<String, Map<String, Double>> percent) {
    return AskPattern.<TenantCommand, TenantReply>ask(
            actor, TenantCommand.SampleStats::new, BOUND, system.scheduler())
        .toCompletableFuture()
        .handle((reply, late) -> keep(reply, percent));
  }

  private static boolean keep(
      @Nullable TenantReply reply, Map<String, Map<String, Double>> percent) {
    if (reply instanceof TenantReply.StatsRead stats) {
      percent.put(stats.tenantId(), stats.utilization());
      return true;
    }
    return false;
  }
}
