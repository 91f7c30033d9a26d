package io.atoll.node;

import io.atoll.http.Cluster;
import io.atoll.placement.NodeGauges;
import io.atoll.placement.ThisNode;
import io.atoll.tenant.HotTenants;
import io.atoll.tenant.Migration;
import io.atoll.tenant.MoveTarget;
import io.atoll.tenant.TenantView;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;

/** The cluster of a node that is alone: there is nowhere to move a tenant to. */
final class ClusterOfOne implements Cluster {
  private final String address;
  private final HotTenants hot;
  private final NodeGauges gauges;
  private final ThisNode self;

  ClusterOfOne(ActorSystem<?> system, HotTenants hot, NodeGauges gauges, ThisNode self) {
    this.address = system.address().toString();
    this.hot = hot;
    this.gauges = gauges;
    this.self = self;
  }

  @Override
  public Home home(TenantView tenant) {
    return new Home(tenant.cell(), address);
  }

  @Override
  public CompletionStage<State> state() {
    Node node = new Node(address, self.url(), "up", self.ready(), List.of(), gauges.read());
    return CompletableFuture.completedFuture(
        new State(List.of(node), List.of(), 0, address, List.of()));
  }

  @Override
  public CompletionStage<Drained> drain(String node, boolean force) {
    return CompletableFuture.completedFuture(
        new Drained.Refused(
            "this node is alone, and no other would serve meanwhile: stop its process instead"));
  }

  @Override
  public CompletionStage<List<String>> hotTenants(@Nullable String after, int limit) {
    return CompletableFuture.completedFuture(
        hot.after(after).keySet().stream().limit(limit).toList());
  }

  @Override
  public CompletionStage<Optional<Migration>> migrate(
      String tenantId, MoveTarget target, @Nullable String name) {
    return CompletableFuture.completedFuture(Optional.empty());
  }

  @Override
  public CompletionStage<Aborted> abort(String tenantId, String migrationId) {
    return CompletableFuture.completedFuture(new Aborted.NoSuchMigration());
  }

  /** The node serves all tiers. */
  @Override
  public void follow(TenantView tenant) {}

  @Override
  public void followPlan(String plan) {}

  @Override
  public CompletionStage<List<Migration>> migrations(String tenantId) {
    return CompletableFuture.completedFuture(List.of());
  }
}
