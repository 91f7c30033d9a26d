package io.atoll.faults.cluster;

import io.atoll.node.Client;
import io.atoll.node.NodeProcess;
import io.atoll.node.NodeProcess.Program;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A node of a cluster in a JVM of its own: it keeps its folder and its address within the cluster
 * over restarts; where it answers callers may change. One thread may stop and start it.
 */
public final class ClusterNode implements AutoCloseable {
  /**
   * Who optimizes code takes half the CPU of a young node, for minutes: on a small machine, on
   * which all nodes and their store start again and again, they would do little else.
   */
  private static final List<String> JVM_OPTIONS = List.of("-Xmx512m", "-XX:TieredStopAtLevel=1");

  private static final int READY = 200;

  private static final AtomicLong READY_NODES = new AtomicLong();

  private final Path data;
  private final Map<String, String> variables;
  private Program program;
  private NodeProcess process;
  private volatile URI url;
  private volatile long age;

  ClusterNode(Path data, Map<String, String> variables, Program program) {
    this.data = data;
    this.variables = Map.copyOf(variables);
    this.program = program;
  }

  /** Starts the process and does not wait. */
  public void start() {
    start(List.of());
  }

  /** The same with more JVM options. */
  void start(List<String> options) {
    List<String> all = new ArrayList<>(JVM_OPTIONS);
    all.addAll(ClassArchive.options(program));
    all.addAll(options);
    process = NodeProcess.launch(program, data, variables, all);
  }

  Program program() {
    return program;
  }

  /** Runs this program from the next start on. */
  public void use(Program next) {
    program = next;
  }

  /** What tells this process from those before and after it. */
  public long pid() {
    return process.pid();
  }

  /** Waits until the process has ended by itself. */
  public void awaitEnd() {
    Await.until("the node has ended", () -> !process.isAlive());
  }

  /** Waits until the started process takes traffic. */
  public void awaitReady() {
    url = process.url();
    age = READY_NODES.getAndIncrement();
  }

  /** Grows from node to node in the order in which they were ready. */
  long age() {
    return age;
  }

  /** How the others know it: host:port. */
  public String address() {
    return variables.get("ATOLL_CLUSTER_HOST") + ":" + variables.get("ATOLL_CLUSTER_PORT");
  }

  /** Whether the process runs, paused or not. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** What the process logs from now on. */
  public LogWatch log() {
    return LogWatch.fromNowOn(data.resolveSibling(data.getFileName() + ".log"));
  }

  /** Where it answers, or answered when it was last ready. */
  public URI url() {
    return url;
  }

  /** Talks to the node. */
  public Client client() {
    return process.client();
  }

  /** SIGKILL; waits for the end. */
  public void kill() {
    process.kill();
  }

  /** SIGTERM; waits for the exit code. */
  public int terminate() {
    return process.terminate();
  }

  /** SIGSTOP: the process does nothing, and nobody is told. */
  public void pause() {
    signal("STOP");
  }

  /** SIGCONT. */
  public void resume() {
    signal("CONT");
  }

  /** Waits until the node, which the others have given up, ends by itself; starts it again. */
  public void endAndStartAgain() {
    awaitEnd();
    start();
    awaitReady();
  }

  /** The exit code of the process; waits for its end. */
  int exitCode() {
    return process.exitCode();
  }

  /** Waits until the node takes traffic; starts it again if it has ended by itself. */
  public void recover() {
    Await.until("the node is ready or has ended", () -> isReady() || !process.isAlive());
    if (!process.isAlive()) {
      start();
      awaitReady();
    }
  }

  private boolean isReady() {
    try {
      return client().get("/ready", null).status() == READY;
    } catch (Client.GoneException ended) {
      return false;
    }
  }

  private void signal(String name) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + name, "" + process.pid()).start();
      if (kill.waitFor() != 0) {
        throw new AssertionError("no process to " + name);
      }
    } catch (IOException | InterruptedException failed) {
      throw new AssertionError(failed);
    }
  }

  /** Kills the process if there is one, paused or not. */
  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
  }
}
