package io.atoll.node;

import io.atoll.store.EmbeddedStore;
import io.atoll.store.StoreHealth;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.sharding.ShardRegion;
import org.apache.pekko.pattern.Patterns;

/**
 * Asks for everything that a node needs to take traffic: it is up in its cluster, its shard region
 * is registered, its store takes writes, and the journal's disk answers a read.
 */
final class Probe {
  private final Cluster cluster;
  private final org.apache.pekko.actor.ActorRef region;
  private final EmbeddedStore store;
  private final Duration bound;

  Probe(ActorSystem<?> system, ActorRef<?> region, EmbeddedStore store, Duration bound) {
    this.cluster = Cluster.get(system.classicSystem());
    this.region = Adapter.toClassic(region);
    this.store = store;
    this.bound = bound;
  }

  /** Completes when all is well; fails with what is not. */
  CompletionStage<?> ask() {
    if (!cluster.selfMember().status().equals(MemberStatus.up())) {
      return missing("the node is " + cluster.selfMember().status() + " in its cluster");
    }
    if (store.health() != StoreHealth.TAKES_WRITES) {
      return missing("the journal is " + store.health());
    }
    return Patterns.ask(region, ShardRegion.getCurrentRegionsInstance(), bound)
        .thenCompose(this::regions);
  }

  private CompletionStage<?> regions(Object answer) {
    boolean registered =
        answer instanceof ShardRegion.CurrentRegions regions
            && regions.getRegions().contains(cluster.selfAddress());
    return registered
        ? store.read(reader -> reader.head("ready"))
        : missing("the shard region is not registered");
  }

  private static CompletionStage<?> missing(String what) {
    return CompletableFuture.failedFuture(new IllegalStateException(what));
  }
}
