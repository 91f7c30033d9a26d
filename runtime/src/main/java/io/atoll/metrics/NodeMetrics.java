package io.atoll.metrics;

import io.atoll.http.EdgeMetrics;
import io.atoll.http.TenantMeter;
import io.atoll.plan.Tier;
import io.atoll.store.CommitListener;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Everything that a node counts and measures. Thread-safe. */
public final class NodeMetrics implements EdgeMetrics, CommitListener {
  /** Stands for a tenant or tier that is not known; no tenant can have this id. */
  private static final String UNKNOWN = "__none__";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Latencies latencies = new Latencies(registry);
  private final ConcurrentHashMap<Tier, AtomicInteger> connections = new ConcurrentHashMap<>();
  private final TenantLabels tenants;
  private final TenantCounter operations;
  private final TenantCounter actions;
  private final TenantCounter errors;
  private final TenantCounter denials;
  private final LimitUsage limitUsage;
  private final OperationTimes times = new OperationTimes();
  private final TenantRecorder.Counters counters;
  private final ConcurrentHashMap<String, TenantRecorder> recorders = new ConcurrentHashMap<>();

  public NodeMetrics(MetricsSettings settings) {
    tenants = new TenantLabels(settings.tenantLabels());
    operations =
        counter("atoll_operations", "Operations by status.", List.of("tier", "op", "status"));
    actions = counter("atoll_actions", "Named actions.", List.of("tier", "action", "result"));
    errors = counter("atoll_errors", "Errors that were answered.", List.of("tier", "code"));
    denials = counter("atoll_denials", "Refusals by quota.", List.of("tier", "quota", "at"));
    limitUsage = new LimitUsage(tenants);
    registry.getPrometheusRegistry().register(limitUsage);
    registry.getPrometheusRegistry().register(times);
    counters = new TenantRecorder.Counters(tenants, operations, errors, times, limitUsage);
    for (Tier tier : Tier.values()) {
      Gauge.builder("atoll.connections", openSessions(tier), AtomicInteger::get)
          .description("Open WebSocket sessions.")
          .tag("tier", tier.name())
          .register(registry);
    }
    ProcessMeters.bindTo(registry);
  }

  /** Shows how many tenants are in memory. */
  public void hotTenants(IntSupplier size) {
    Gauge.builder("atoll.hot.tenants", size::getAsInt)
        .description("Tenants in memory.")
        .strongReference(true)
        .register(registry);
  }

  /** The operations that this node's edge has answered since it started. */
  public long operations() {
    return operations.total();
  }

  /** How many commits the journal has made. */
  public long commits() {
    return latencies.commits();
  }

  /** How long they took together, in nanoseconds. */
  public long commitNanos() {
    return latencies.commitNanos();
  }

  /** All metrics in Prometheus' text format. */
  public String text() {
    return registry.scrape();
  }

  /** Gives the tenant labels to the heaviest tenants. */
  public void review() {
    tenants.review();
    recorders.keySet().removeIf(tenant -> !tenants.knows(tenant));
  }

  /** The tenants that have a label of their own. */
  public Set<String> labelled() {
    return tenants.holders();
  }

  /** Shows how much of its quotas each of these tenants uses, in percent by quota; of no others. */
  public void utilization(Map<String, Map<String, Double>> percentByTenant) {
    limitUsage.show(percentByTenant);
  }

  @Override
  public TenantMeter tenant(String tenant, Tier tier) {
    TenantRecorder known = recorders.get(tenant);
    return known != null && known.tier() == tier
        ? known
        : recorders.compute(
            tenant,
            (id, other) ->
                other != null && other.tier() == tier
                    ? other
                    : new TenantRecorder(counters, id, tier));
  }

  @Override
  public void action(String tenant, Tier tier, String action, boolean passed) {
    actions.add(1, tenant, tier.name(), action, passed ? "passed" : "refused");
  }

  @Override
  public void error(@Nullable String tenant, @Nullable Tier tier, String code) {
    errors.add(1, tenant == null ? UNKNOWN : tenant, name(tier), code);
  }

  @Override
  public void denial(String tenant, @Nullable Tier tier, String quota, boolean atEdge) {
    denials.add(1, tenant, name(tier), quota, atEdge ? "edge" : "tenant");
  }

  @Override
  public void connections(Tier tier, int change) {
    openSessions(tier).addAndGet(change);
  }

  @Override
  public void committed(int changes, long bytes, long nanos) {
    latencies.commit(changes, nanos);
  }

  private AtomicInteger openSessions(Tier tier) {
    return connections.computeIfAbsent(tier, absent -> new AtomicInteger());
  }

  private TenantCounter counter(String name, String help, List<String> labels) {
    TenantCounter counter = new TenantCounter(name, help, tenants, labels);
    registry.getPrometheusRegistry().register(counter);
    return counter;
  }

  private static String name(@Nullable Tier tier) {
    return tier == null ? UNKNOWN : tier.name();
  }
}
