package io.atoll.cli;

import io.atoll.node.Node;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A process whose whole life is one node. A signal drains the node and ends the process with exit
 * code 0; a node that ends by itself ends it with 1.
 */
final class ServingProcess {
  private static final int FAILED = 1;

  private final AtomicReference<@Nullable Node> running = new AtomicReference<>();
  private final AtomicInteger exitCode = new AtomicInteger();

  /**
   * Runs the node that is started, from its start to its end, and {@code whenReady} just before it
   * says that it is ready; gives the exit code.
   */
  int run(Callable<Node> start, Runnable whenReady) throws Exception {
    Thread end = new Thread(this::end, "shutdown");
    Runtime.getRuntime().addShutdownHook(end);
    try {
      return run(start.call(), whenReady);
    } catch (Exception refused) {
      Runtime.getRuntime().removeShutdownHook(end);
      throw refused;
    }
  }

  private int run(Node node, Runnable whenReady) throws InterruptedException {
    running.set(node);
    if (node.awaitReady()) {
      whenReady.run();
      System.out.println("atoll ready on " + node.url());
    }
    if (!node.awaitEnd()) {
      exitCode.set(FAILED);
    }
    return exitCode.get();
  }

  /** The JVM alone would report a signal as a failure. */
  private void end() {
    Node node = running.get();
    if (node != null) {
      node.stop();
    }
    Logging.stop();
    Runtime.getRuntime().halt(exitCode.get());
  }
}
