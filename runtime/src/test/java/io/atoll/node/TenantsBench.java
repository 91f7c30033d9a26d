package io.atoll.node;

import static io.atoll.node.NodeProcess.ADMIN_KEY;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Creates tenants over HTTP in a node of its own, writes one entry into a map of each, and says how
 * fast that was and what the heap of the node holds for each. Run by hand: {@code TenantsBench
 * [tenants [connections [NAME=value ...]]]}, by default 10,000 and 64; the rest are variables of
 * the node.
 */
final class TenantsBench {
  private static final int TOP_CLASSES = 40;

  /** What the collector fills gaps between objects with: memory in use that holds nothing. */
  private static final String FILLER = "jdk.internal.vm.Filler";

  private final NodeProcess node;
  private final Client client;
  private final int tenants;
  private final int connections;

  private TenantsBench(NodeProcess node, int tenants, int connections) {
    this.node = node;
    this.client = node.client();
    this.tenants = tenants;
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
    try (ScratchFolder folder = ScratchFolder.make("tenants-bench");
        NodeProcess node =
            NodeProcess.launch(folder.path().resolve("data"), variables, List.of("-Xmx1g"))) {
      new TenantsBench(node, tenants, connections).run();
    }
  }

  private void run() throws Exception {
    inParallel("warm-up", tenants / 20, i -> create("warm" + i));
    long empty = heap(false);
    inParallel("create", tenants, i -> create("t" + i));
    long created = heap(false);
    inParallel("first write", tenants, i -> write("t" + i));
    long written = heap(true);
    System.out.printf(
        "heap for each: %,d bytes after its creation, %,d with one map%n",
        (created - empty) / tenants, (written - empty) / tenants);
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
    double seconds = Workers.run(connections, count, () -> task);
    System.out.printf("%s: %,d in %.1f s, %,.0f/s%n", what, count, seconds, count / seconds);
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
