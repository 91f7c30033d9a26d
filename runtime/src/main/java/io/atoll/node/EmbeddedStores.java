package io.atoll.node;

import io.atoll.directory.EmbeddedDirectory;
import io.atoll.directory.EmbeddedPlanStore;
import io.atoll.directory.EmbeddedUsageTable;
import io.atoll.formation.FormationStore;
import io.atoll.journal.EmbeddedHistory;
import io.atoll.journal.EmbeddedMapJournal;
import io.atoll.journal.EmbeddedPageStore;
import io.atoll.map.History;
import io.atoll.map.MapJournal;
import io.atoll.map.PageStore;
import io.atoll.map.StoreState;
import io.atoll.metrics.NodeMetrics;
import io.atoll.plan.PlanStore;
import io.atoll.store.EmbeddedStore;
import io.atoll.store.StoreExtension;
import io.atoll.store.StoreHealth;
import io.atoll.tenant.Directory;
import io.atoll.tenant.PlacementStore;
import io.atoll.time.TimeSource;
import io.atoll.usage.UsageTable;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;

/** Everything in the data folder. */
final class EmbeddedStores implements Stores {
  private final ActorSystem<?> system;
  private final EmbeddedStore store;

  EmbeddedStores(ActorSystem<?> system) {
    this.system = system;
    this.store = StoreExtension.of(system.classicSystem());
  }

  @Override
  public PageStore pages() {
    return new EmbeddedPageStore(store);
  }

  @Override
  public History history() {
    return new EmbeddedHistory(store);
  }

  @Override
  public Optional<MapJournal> mapJournal() {
    return Optional.of(new EmbeddedMapJournal(system, store, TimeSource.system()));
  }

  @Override
  public Directory directory() {
    return new EmbeddedDirectory(store);
  }

  @Override
  public UsageTable usage() {
    return new EmbeddedUsageTable(store);
  }

  /** What it cannot write it refuses at once, and it always reads. */
  @Override
  public StoreState state() {
    return StoreState.UP;
  }

  @Override
  public PlanStore plans() {
    return new EmbeddedPlanStore(store);
  }

  @Override
  public Optional<PlacementStore> placements() {
    return Optional.empty();
  }

  @Override
  public Optional<FormationStore> formations() {
    return Optional.empty();
  }

  @Override
  public void measuredBy(NodeMetrics metrics) {
    store.onCommit(metrics);
  }

  @Override
  public CompletionStage<?> ready() {
    return store.health() == StoreHealth.TAKES_WRITES
        ? store.read(reader -> reader.head("ready"))
        : CompletableFuture.failedFuture(
            new IllegalStateException("the journal is " + store.health()));
  }
}
