package io.atoll.node;

import io.atoll.formation.FormationStore;
import io.atoll.map.History;
import io.atoll.map.MapJournal;
import io.atoll.map.PageStore;
import io.atoll.map.StoreState;
import io.atoll.metrics.NodeMetrics;
import io.atoll.plan.PlanStore;
import io.atoll.tenant.Directory;
import io.atoll.tenant.PlacementStore;
import io.atoll.usage.UsageTable;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The adapters of one store, behind the ports of the tenants. Thread-safe. */
interface Stores {
  PageStore pages();

  History history();

  /** The straight way of maps into their streams; empty: through the journal plugin. */
  Optional<MapJournal> mapJournal();

  Directory directory();

  UsageTable usage();

  PlanStore plans();

  /** Where tenants were moved to; empty for a store that no other node can share. */
  Optional<PlacementStore> placements();

  /** Whether the store answers, as far as is known; asked often. */
  StoreState state();

  /** Where nodes say which cluster they belong to; empty likewise. */
  Optional<FormationStore> formations();

  /** From now on the store tells these metrics what it can. */
  void measuredBy(NodeMetrics metrics);

  /** Completes when the store takes reads and writes; fails with what is wrong. */
  CompletionStage<?> ready();
}
