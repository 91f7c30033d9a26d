package io.atoll.node;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.sharding.ShardRegion;
import org.apache.pekko.pattern.Patterns;

/**
 * Asks for everything that a node needs to take traffic: it is up in its cluster, its shard region
 * is registered, and its store takes reads and writes. That the region was registered is enough: it
 * asks the coordinator, and while that moves to another node, or its node is lost, the tenants that
 * are in their places are served on. Thread-safe.
 */
final class Probe {
  private final Cluster cluster;
  private final org.apache.pekko.actor.ActorRef region;
  private final BooleanSupplier member;
  private final Supplier<CompletionStage<?>> store;
  private final Duration bound;
  private volatile boolean registered;

  /**
   * {@code member} says whether it is known which cluster the node belongs to, and {@code store}
   * completes when the store takes reads and writes.
   */
  Probe(
      ActorSystem<?> system,
      ActorRef<?> region,
      BooleanSupplier member,
      Supplier<CompletionStage<?>> store,
      Duration bound) {
    this.cluster = Cluster.get(system.classicSystem());
    this.region = Adapter.toClassic(region);
    this.member = member;
    this.store = store;
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
    return registered
        ? store.get()
        : Patterns.ask(region, ShardRegion.getCurrentRegionsInstance(), bound)
            .thenCompose(this::regions);
  }

  private CompletionStage<?> regions(Object answer) {
    registered =
        answer instanceof ShardRegion.CurrentRegions regions
            && regions.getRegions().contains(cluster.selfAddress());
    return registered ? store.get() : missing("the shard region is not registered");
  }

  private static CompletionStage<?> missing(String what) {
    return CompletableFuture.failedFuture(new IllegalStateException(what));
  }
}
