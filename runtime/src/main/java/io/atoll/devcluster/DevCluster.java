package io.atoll.devcluster;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A Cassandra and nodes on this machine, from their start to their end. One thread starts it and
 * waits, another may stop it at any time.
 */
public final class DevCluster {
  private static final Duration START_BOUND = Duration.ofMinutes(5);
  private static final Duration STOP_BOUND = Duration.ofSeconds(40);
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final int LAST_LINES = 10;

  private final DevClusterSettings settings;
  private final PrintWriter out;
  private final Progress progress;
  private final List<Integer> clusterPorts;
  private final DevCassandra cassandra;
  private final List<DevNode> nodes;
  private final CountDownLatch running;
  private boolean stopping;

  /** A cluster of which nothing runs yet; what happens is shown on {@code out}. */
  public DevCluster(DevClusterSettings settings, PrintWriter out, boolean terminal) {
    this.settings = settings;
    this.out = out;
    this.progress = new Progress(out, terminal);
    int count = settings.ports().size();
    List<Integer> free = Ports.free(count + 2);
    this.clusterPorts = free.subList(0, count);
    this.cassandra = new DevCassandra(settings, free.get(count), free.get(count + 1));
    this.nodes =
        IntStream.rangeClosed(1, count).mapToObj(number -> new DevNode(number, settings)).toList();
    this.running = new CountDownLatch(count);
  }

  /**
   * Starts everything and waits until it is ready: Cassandra, the node that forms the cluster, and
   * the others.
   */
  public void start() throws StartFailedException, InterruptedException {
    begin(cassandra.part(), cassandra::start);
    awaitReady(List.of(cassandra.part()));
    List<DevNode> first = nodes.subList(0, 1);
    List<DevNode> others = nodes.subList(1, nodes.size());
    for (List<DevNode> together : List.of(first, others)) {
      for (DevNode node : together) {
        begin(node.part(), () -> node.start(cassandra.contactPoint(), clusterPorts));
      }
      awaitReady(together.stream().map(DevNode::part).toList());
    }
    cassandra.part().onEnd().thenAccept(code -> ended(cassandra.part(), code));
    nodes.forEach(this::watch);
  }

  private void watch(DevNode node) {
    node.part()
        .onEnd()
        .thenAccept(code -> {
          if (code != 0 || !startAgain(node)) {
            ended(node.part(), code);
            running.countDown();
          }
        });
  }

  /** Starts a node that has ended as it was asked to; false when all stop. */
  private boolean startAgain(DevNode node) {
    try {
      begin(node.part(), () -> node.startAgain(cassandra.contactPoint(), clusterPorts));
    } catch (StartFailedException stops) {
      return false;
    } catch (UncheckedIOException failed) {
      say(node.part().name() + " cannot be started again: " + failed.getMessage());
      return false;
    }
    say(node.part().name() + " has ended as asked, and starts again");
    watch(node);
    Thread.ofVirtual().start(() -> sayWhenReady(node.part()));
    return true;
  }

  private void sayWhenReady(Part part) {
    while (part.isAlive() && !part.isReady()) {
      LockSupport.parkNanos(LOOK.toNanos());
    }
    part.readyAfter()
        .ifPresent(after -> say(part.name() + " is ready again after " + Progress.seconds(after)));
  }

  /** Nothing starts any more once it stops. */
  private synchronized void begin(Part part, Runnable start) throws StartFailedException {
    if (stopping) {
      throw new StartFailedException(part.name() + " was not started: the cluster stops");
    }
    start.run();
  }

  private void awaitReady(List<Part> started) throws StartFailedException, InterruptedException {
    while (!started.stream().allMatch(Part::isReady)) {
      progress.show(parts());
      for (Part part : started) {
        if (!part.isAlive()) {
          throw failed(part, "has ended before it was ready");
        }
        if (!part.isReady() && part.age().compareTo(START_BOUND) > 0) {
          throw failed(part, "was not ready in " + START_BOUND.toMinutes() + " minutes");
        }
      }
      Thread.sleep(LOOK);
    }
    progress.show(parts());
  }

  private StartFailedException failed(Part part, String what) {
    if (!isStopping()) {
      showLastLines(part);
    }
    return new StartFailedException(part.name() + " " + what + ", see " + part.log());
  }

  private List<Part> parts() {
    return Stream.concat(Stream.of(cassandra.part()), nodes.stream().map(DevNode::part)).toList();
  }

  /** Waits until no node is left; returns at once when that has been asked for. */
  public void awaitEnd() throws InterruptedException {
    running.await();
  }

  private void ended(Part part, int code) {
    if (isStopping()) {
      return;
    }
    showLastLines(part);
    say(part.name() + " has ended by itself, exit code " + code + "; the others go on");
  }

  private void showLastLines(Part part) {
    List<String> lines = new ArrayList<>(List.of("", "The end of " + part.log() + ":"));
    part.lastLines(LAST_LINES).forEach(line -> lines.add("  | " + line));
    say(String.join(System.lineSeparator(), lines));
  }

  /** What a user needs to know of the cluster that is ready. */
  public void showReady(String keyKept) {
    List<String> lines = new ArrayList<>(List.of("", "atoll dev-cluster ready"));
    nodes.forEach(node -> lines.add("  " + node.part().name() + "     " + node.url()));
    lines.add("  admin key  " + settings.adminKey() + "   (" + keyKept + ")");
    lines.add("  logs       " + settings.folder() + "/*.log   stop with Ctrl-C");
    say(String.join(System.lineSeparator(), lines));
  }

  /** Whether it has been told to stop. */
  public synchronized boolean isStopping() {
    return stopping;
  }

  /** Stops the nodes and then Cassandra, and waits for their ends. */
  public void stop() throws InterruptedException {
    synchronized (this) {
      stopping = true;
    }
    List<Part> running = parts().stream().filter(Part::isAlive).toList();
    if (running.isEmpty()) {
      return;
    }
    say("");
    say("atoll dev-cluster stops");
    stop(nodes.stream().map(DevNode::part).toList());
    stop(List.of(cassandra.part()));
  }

  private static void stop(List<Part> parts) throws InterruptedException {
    parts.forEach(Part::terminate);
    for (Part part : parts) {
      part.awaitEnd(STOP_BOUND);
    }
  }

  private synchronized void say(String text) {
    out.println(text);
    out.flush();
  }
}
