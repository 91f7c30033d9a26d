package io.atoll.placement;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.cluster.sharding.ShardRegion;
import org.apache.pekko.pattern.Patterns;

/** The cells that are on this node, as its shard region says. Thread-safe. */
final class LocalCells {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final org.apache.pekko.actor.ActorRef region;

  LocalCells(ActorRef<?> region) {
    this.region = Adapter.toClassic(region);
  }

  CompletionStage<Integer> count() {
    return tenants().thenApply(Map::size);
  }

  /** How many tenants of each cell are in memory. */
  CompletionStage<Map<String, Integer>> tenants() {
    return Patterns.ask(region, ShardRegion.getRegionStatsInstance(), PATIENCE)
        .thenApply(answer -> {
          Map<String, Integer> cells = new HashMap<>();
          ((ShardRegion.ShardRegionStats) answer)
              .getStats()
              .forEach((cell, tenants) -> cells.put(cell, (Integer) tenants));
          return cells;
        });
  }
}
