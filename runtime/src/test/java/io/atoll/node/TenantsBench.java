package io.atoll.node;

import static io.atoll.node.NodeProcess.ADMIN_KEY;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Creates tenants over HTTP in a node of its own, writes one entry into a map of each, and says how
 * fast that was and what the heap of the node holds for each. Run by hand: {@code TenantsBench
 * [tenants [connections [NAME=value ...]]]}, by default 10,000 and 64. Of the names {@code HOT} is
 * how many of the tenants are written to (all), {@code PAUSE} the seconds before that (0) and
 * {@code IDLE} the seconds after it until the heap is looked at once more (0: it is not); the rest
 * are variables of the node.
 */
final class TenantsBench {
  private static final int TOP_CLASSES = 40;

  /** What the collector fills gaps between objects with: memory in use that holds nothing. */
  private static final String FILLER = "jdk.internal.vm.Filler";

  private final NodeProcess node;
  private final Client client;
  private final int connections;

  private TenantsBench(NodeProcess node, int connections) {
    this.node = node;
    this.client = node.client();
    this.connections = connections;
  }

  public static void main(String[] arguments) throws Exception {
    int tenants = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
    int connections = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 64;
    Map<String, String> variables =
        new HashMap<>(
            Map.of(
                "ATOLL_ADMIN_KEY", ADMIN_KEY,
                "ATOLL_TENANT_PASSIVATE_AFTER", "1h",
                "ATOLL_MAP_IDLE_AFTER", "1h"));
    for (int i = 2; i < arguments.length; i++) {
      String[] variable = arguments[i].split("=", 2);
      variables.put(variable[0], variable[1]);
    }
    int hot = take(variables, "HOT", tenants);
    int pause = take(variables, "PAUSE", 0);
    int idle = take(variables, "IDLE", 0);
    try (ScratchFolder folder = ScratchFolder.make("tenants-bench");
        NodeProcess node =
            NodeProcess.launch(folder.path().resolve("data"), variables, List.of("-Xmx1g"))) {
      new TenantsBench(node, connections).run(tenants, hot, pause, idle);
    }
  }

  private static int take(Map<String, String> variables, String name, int otherwise) {
    String value = variables.remove(name);
    return value == null ? otherwise : Integer.parseInt(value);
  }

  private void run(int tenants, int hot, int pause, int idle) throws Exception {
    inParallel("warm-up", 500, i -> create("warm" + i));
    long empty = heap(false);
    inParallel("create", tenants, i -> create("t" + i));
    say("after their creation", heap(false) - empty, tenants);
    if (pause > 0) {
      TimeUnit.SECONDS.sleep(pause);
      empty = heap(false);
      System.out.printf("after %d s: %,d bytes in all%n", pause, empty);
    }
    inParallel("first write", hot, i -> write("t" + i));
    say("with one map", heap(true) - empty, hot);
    if (idle > 0) {
      TimeUnit.SECONDS.sleep(idle);
      say("%d s later".formatted(idle), heap(true) - empty, hot);
    }
  }

  private static void say(String when, long bytes, int tenants) {
    System.out.printf("heap for each of %,d: %,d bytes %s%n", tenants, bytes / tenants, when);
  }

  private void create(String id) {
    client
        .post("/api/tenants", ADMIN_KEY, "{\"id\":\"%s\",\"name\":\"%s\"}".formatted(id, id))
        .expect(201);
  }

  private void write(String id) {
    client.put("/v1/maps/m/entries/k", ADMIN_KEY, "\"value\"", "X-Atoll-Tenant", id).expect(201);
  }

  private void inParallel(String what, int count, Workers.Worker task) throws Exception {
    long[] nanos = new long[count];
    Workers.Worker timed =
        number -> {
          long begun = System.nanoTime();
          task.work(number);
          nanos[number] = System.nanoTime() - begun;
        };
    double seconds = Workers.run(connections, count, () -> timed);
    Arrays.sort(nanos);
    System.out.printf(
        "%s: %,d in %.1f s, %,.0f/s, p50 %.1f ms, p99 %.1f ms, max %.0f ms%n",
        what,
        count,
        seconds,
        count / seconds,
        nanos[count / 2] / 1e6,
        nanos[count * 99 / 100] / 1e6,
        nanos[count - 1] / 1e6);
  }

  /** The bytes of the objects on the node's heap after a collection. */
  private long heap(boolean shown) throws IOException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process process =
        new ProcessBuilder(jcmd.toString(), node.pid() + "", "GC.class_histogram").start();
    List<String> lines = process.inputReader().lines().toList();
    if (shown) {
      lines.stream().limit(TOP_CLASSES).forEach(System.out::println);
    }
    long filler =
        lines.stream().filter(line -> line.contains(FILLER)).mapToLong(TenantsBench::bytes).sum();
    return bytes(lines.getLast()) - filler;
  }

  /** The third word of a line of the histogram. */
  private static long bytes(String line) {
    return Long.parseLong(line.trim().split("\\s+", -1)[2]);
  }
}
