package io.atoll.http.route;

import io.atoll.http.Cluster;
import io.atoll.tenant.HotTenants;
import io.atoll.tenant.Migration;
import io.atoll.tenant.MoveTarget;
import io.atoll.tenant.TenantView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A cluster of two nodes, of which the second does not answer; moves end when they are told to. */
final class FakeCluster implements Cluster {
  static final String FIRST = "10.0.0.1:25520";
  static final String SILENT = "10.0.0.2:25520";

  final List<Migration> migrations = new ArrayList<>();
  final Map<String, String> names = new HashMap<>();
  final List<String> followed = new ArrayList<>();
  final List<String> drained = new ArrayList<>();
  private final HotTenants hot;

  FakeCluster(HotTenants hot) {
    this.hot = hot;
  }

  @Override
  public CompletionStage<List<String>> hotTenants(@Nullable String after, int limit) {
    return CompletableFuture.completedFuture(
        hot.after(after).keySet().stream().limit(limit).toList());
  }

  @Override
  public Home home(TenantView tenant) {
    return new Home(tenant.cell(), FIRST);
  }

  @Override
  public CompletionStage<State> state() {
    return CompletableFuture.completedFuture(
        new State(
            List.of(first(), new Node(SILENT, null, "unreachable", false, List.of(), null)),
            List.of(new Cell("17", FIRST, 3, 5_000_000_000L, 40, 4.56)),
            2,
            FIRST,
            List.of(new Move("17", SILENT, FIRST, 82, 0))));
  }

  private static Node first() {
    Figures figures = new Figures("1.2.3", 7, 12.34, 4.56, 1_000, 2_000, 0);
    return new Node(FIRST, "http://10.0.0.1:8080", "up", true, List.of("blue"), figures);
  }

  /** The silent node makes the cluster one that is not whole. */
  @Override
  public CompletionStage<Drained> drain(String node, boolean force) {
    if (!node.equals(FIRST)) {
      return CompletableFuture.completedFuture(new Drained.NoSuchNode());
    }
    if (!force) {
      return CompletableFuture.completedFuture(new Drained.Refused("node x is unreachable"));
    }
    drained.add(node);
    return CompletableFuture.completedFuture(new Drained.Begun(first()));
  }

  @Override
  public CompletionStage<Optional<Migration>> migrate(
      String tenantId, MoveTarget target, @Nullable String name) {
    if (target instanceof MoveTarget.OfNode ofNode && !ofNode.node().equals(FIRST)) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    String fresh = "m" + migrations.size();
    String id = name == null ? fresh : names.computeIfAbsent(tenantId + " " + name, any -> fresh);
    if (!id.equals(fresh)) {
      return migrations(tenantId)
          .thenApply(all -> all.stream().filter(one -> one.id().equals(id)).findFirst());
    }
    Migration migration =
        new Migration(
            id,
            tenantId,
            null,
            target,
            Migration.Status.RUNNING,
            Migration.Step.HOLD,
            -1,
            null,
            System.currentTimeMillis(),
            -1);
    migrations.add(migration);
    return CompletableFuture.completedFuture(Optional.of(migration));
  }

  /** What is completed comes too late. */
  @Override
  public CompletionStage<Aborted> abort(String tenantId, String migrationId) {
    Aborted answer = new Aborted.NoSuchMigration();
    for (Migration migration : migrations) {
      if (migration.tenantId().equals(tenantId) && migration.id().equals(migrationId)) {
        answer =
            migration.status() == Migration.Status.RUNNING
                ? new Aborted.Done(migration.aborted(2_000))
                : new Aborted.TooLate();
      }
    }
    return CompletableFuture.completedFuture(answer);
  }

  @Override
  public void follow(TenantView tenant) {
    followed.add(tenant.id() + " to " + tenant.tier());
  }

  @Override
  public void followPlan(String plan) {
    followed.add("all of " + plan);
  }

  @Override
  public CompletionStage<List<Migration>> migrations(String tenantId) {
    return CompletableFuture.completedFuture(
        migrations.stream().filter(one -> one.tenantId().equals(tenantId)).toList());
  }
}
