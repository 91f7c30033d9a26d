package io.atoll.node;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.sharding.ShardRegion;
import org.apache.pekko.pattern.Patterns;

/**
 * Asks for everything that a node needs to take traffic: it is up in its cluster, its shard region
 * is registered, and its store takes reads and writes.
 */
final class Probe {
  private final Cluster cluster;
  private final org.apache.pekko.actor.ActorRef region;
  private final BooleanSupplier member;
  private final Stores stores;
  private final Duration bound;

  /** {@code member} says whether it is known which cluster the node belongs to. */
  Probe(
      ActorSystem<?> system,
      ActorRef<?> region,
      BooleanSupplier member,
      Stores stores,
      Duration bound) {
    this.cluster = Cluster.get(system.classicSystem());
    this.region = Adapter.toClassic(region);
    this.member = member;
    this.stores = stores;
    this.bound = bound;
  }

  /** Completes when all is well; fails with what is not. */
  CompletionStage<?> ask() {
    if (!cluster.selfMember().status().equals(MemberStatus.up())) {
      return missing("the node is " + cluster.selfMember().status() + " in its cluster");
    }
    if (!member.getAsBoolean()) {
      return missing("it is not known yet which cluster the node belongs to");
    }
    return Patterns.ask(region, ShardRegion.getCurrentRegionsInstance(), bound)
        .thenCompose(this::regions);
  }

  private CompletionStage<?> regions(Object answer) {
    boolean registered =
        answer instanceof ShardRegion.CurrentRegions regions
            && regions.getRegions().contains(cluster.selfAddress());
    return registered ? stores.ready() : missing("the shard region is not registered");
  }

  private static CompletionStage<?> missing(String what) {
    return CompletableFuture.failedFuture(new IllegalStateException(what));
  }
}
