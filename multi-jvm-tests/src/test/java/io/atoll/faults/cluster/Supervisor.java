package io.atoll.faults.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Starts each node again that ends with 0, as systemd or Kubernetes would, until it is closed.
 * Nobody else starts or stops the nodes meanwhile.
 */
public final class Supervisor implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(20);

  private final List<ClusterNode> nodes;
  private final List<CompletableFuture<Void>> watches = new ArrayList<>();
  private final AtomicInteger started = new AtomicInteger();
  private volatile boolean over;

  private Supervisor(List<ClusterNode> nodes) {
    this.nodes = nodes;
  }

  /** Watches over all nodes, which run. */
  public static Supervisor of(Cluster cluster) {
    Supervisor supervisor = new Supervisor(cluster.nodes());
    for (ClusterNode node : cluster.nodes()) {
      supervisor.watches.add(
          CompletableFuture.runAsync(
              () -> supervisor.watch(node), Executors.newVirtualThreadPerTaskExecutor()));
    }
    return supervisor;
  }

  /** How often it has started a node again. */
  public int started() {
    return started.get();
  }

  private void watch(ClusterNode node) {
    while (!over) {
      if (!node.isAlive()) {
        if (node.exitCode() != 0) {
          throw new AssertionError("a node has ended with " + node.exitCode());
        }
        started.incrementAndGet();
        node.start();
        node.awaitReady();
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  /** Which nodes run, and which watches have failed. */
  @Override
  public String toString() {
    return IntStream.range(0, nodes.size())
        .mapToObj(i ->
            "%s %s, %s"
                .formatted(
                    nodes.get(i).address(),
                    nodes.get(i).isAlive() ? "runs" : "has ended",
                    watches.get(i)))
        .collect(Collectors.joining("; "));
  }

  /** Fails when a node has ended with anything but 0. */
  @Override
  public void close() {
    over = true;
    watches.forEach(CompletableFuture::join);
  }
}
