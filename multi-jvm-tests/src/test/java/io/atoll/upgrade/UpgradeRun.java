package io.atoll.upgrade;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.atoll.client.ApiClient;
import io.atoll.node.NodeProcess;
import io.atoll.upgrade.ClusterView.NodeView;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Upgrades the nodes of a cluster as {@code atoll upgrade} does, within the JVM of the tests. */
public final class UpgradeRun {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final List<URI> urls;
  private final Path state;
  private final Consumer<String> beforeRestart;
  private int restarts;

  /** The run ends like a process that is killed. */
  private static final class KilledException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Asks at these addresses; the address of each node is said just before it is restarted. */
  public UpgradeRun(List<URI> urls, Path state, Consumer<String> beforeRestart) {
    this.urls = List.copyOf(urls);
    this.state = state;
    this.beforeRestart = beforeRestart;
  }

  /** How many restarts it has begun, in all its runs. */
  public int restarts() {
    return restarts;
  }

  /** Runs until it was killed, as soon as so many restarts have begun. */
  public void killedAfter(int restartsBegun) throws InterruptedException {
    try {
      run(restartsBegun);
      throw new AssertionError("the upgrade has ended before");
    } catch (KilledException asWanted) {
      // What it was about to do is in the state file alone.
    }
  }

  /** Runs, or goes on, to the end; gives the message of an end that is not a good one. */
  public Optional<String> toTheEnd() throws InterruptedException {
    Ending ending = run(Integer.MAX_VALUE);
    return ending.exitCode() == ExitCodes.DONE ? Optional.empty() : Optional.of(ending.message());
  }

  private Ending run(int most) throws InterruptedException {
    try (ApiClient api = new ApiClient(NodeProcess.ADMIN_KEY, PATIENCE)) {
      ClusterClient cluster = new ClusterClient(api, urls);
      if (!(cluster.look(Optional.empty()) instanceof Look.Seen(var view))) {
        throw new AssertionError("no node answers");
      }
      StateFile file = new StateFile(state);
      Plan plan =
          Plan.takeUp(file.load(), view, List.of(), Optional.empty(), Clock.systemUTC().instant());
      Upgrade.Patience patience = new Upgrade.Patience(PATIENCE, PATIENCE);
      return new Upgrade(tools(cluster, file, plan, most), patience, plan, view).run();
    }
  }

  private Upgrade.Tools tools(ClusterClient cluster, StateFile file, Plan plan, int most) {
    List<String> nodes = plan.nodes().stream().map(Plan.Planned::address).toList();
    return new Upgrade.Tools(
        cluster::look,
        restart(cluster),
        file,
        new TextSteps(new PrintWriter(System.out, false, UTF_8), false, nodes),
        System::nanoTime,
        time -> {
          if (restarts >= most) {
            throw new KilledException();
          }
          Thread.sleep(time);
        });
  }

  private Restart restart(ClusterClient cluster) {
    return new Restart() {
      @Override
      public Step step() {
        return cluster.step();
      }

      @Override
      public Result begin(NodeView node, Runnable meanwhile) throws InterruptedException {
        beforeRestart.accept(node.address());
        restarts++;
        return cluster.begin(node, meanwhile);
      }
    };
  }
}
