package io.atoll.node;

import static io.atoll.node.NodeProcess.ADMIN_KEY;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Creates many tenants over HTTP in a node of its own, then looks at pages of the directory, and
 * starts the node again: says how fast that was and what the process needed. Run by hand: {@code
 * DirectoryLoad [tenants [connections [pages [NAME=value ...]]]]}, by default 1,000,000, 64 and
 * 1,000; the rest are variables of the node. {@code JVM} adds one of its JVM options.
 */
final class DirectoryLoad {
  private static final String[] NAMES = {"Acme", "Globex", "Initech", "Umbrella", "Hooli"};
  private static final int REPORT_EVERY = 100_000;

  private final int tenants;
  private final int connections;
  private final int pages;

  private DirectoryLoad(int tenants, int connections, int pages) {
    this.tenants = tenants;
    this.connections = connections;
    this.pages = pages;
  }

  public static void main(String[] arguments) throws Exception {
    Map<String, String> variables = new HashMap<>(Map.of("ATOLL_ADMIN_KEY", ADMIN_KEY));
    List<String> jvm = new ArrayList<>(List.of("-Xmx1g"));
    for (String argument :
        Arrays.asList(arguments).subList(Math.min(3, arguments.length), arguments.length)) {
      String[] variable = argument.split("=", 2);
      if (variable[0].equals("JVM")) {
        jvm.add(variable[1]);
      } else {
        variables.put(variable[0], variable[1]);
      }
    }
    DirectoryLoad load =
        new DirectoryLoad(
            number(arguments, 0, 1_000_000), number(arguments, 1, 64), number(arguments, 2, 1_000));
    try (ScratchFolder folder = ScratchFolder.make("directory-load")) {
      load.run(folder.path().resolve("data"), variables, jvm);
    }
  }

  private static int number(String[] arguments, int index, int otherwise) {
    return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
  }

  private void run(Path data, Map<String, String> variables, List<String> jvm) throws Exception {
    try (NodeProcess node = NodeProcess.launch(data, variables, jvm)) {
      node.url();
      create(node);
      status(node, "after the creates");
      look(node);
      status(node, "after the pages");
      long begun = System.nanoTime();
      node.terminate();
      System.out.printf("stopped in %.1f s%n", (System.nanoTime() - begun) / 1e9);
    }
    long begun = System.nanoTime();
    try (NodeProcess node = NodeProcess.launch(data, variables, jvm)) {
      node.url();
      System.out.printf("ready again in %.1f s%n", (System.nanoTime() - begun) / 1e9);
      status(node, "after the start");
      look(node);
    }
  }

  private void create(NodeProcess node) throws Exception {
    long[] nanos = new long[tenants];
    long begun = System.nanoTime();
    double seconds =
        Workers.run(
            connections,
            tenants,
            () -> new Creating(node, new PlainConnection(node.url(), ADMIN_KEY), nanos, begun));
    System.out.printf("created %,d in %.1f s: %,.0f/s%n", tenants, seconds, tenants / seconds);
    print("create", nanos, tenants);
  }

  /** Creates tenants over a connection of its own, and notes how long each took. */
  private record Creating(NodeProcess node, PlainConnection connection, long[] nanos, long begun)
      implements Workers.Worker {
    @Override
    public void work(int k) throws IOException {
      long sent = System.nanoTime();
      create(connection, k);
      nanos[k] = System.nanoTime() - sent;
      if ((k + 1) % REPORT_EVERY == 0) {
        status(node, "%,d at %.0f s".formatted(k + 1, (sent - begun) / 1e9));
      }
    }

    @Override
    public void close() throws IOException {
      connection.close();
    }
  }

  private static void create(PlainConnection connection, int k) throws IOException {
    String plan = k % 1000 == 0 ? "enterprise" : k % 10 == 0 ? "pro" : "free";
    PlainConnection.Reply reply =
        connection.post(
            "/api/tenants",
            "{\"id\":\"%s\",\"name\":\"%s\",\"plan\":\"%s\"}".formatted(id(k), name(k), plan));
    if (reply.status() != 201) {
      throw new IOException("a create was answered " + reply.status() + " " + reply.text());
    }
  }

  private void look(NodeProcess node) throws IOException {
    try (PlainConnection connection = new PlainConnection(node.url(), ADMIN_KEY)) {
      measure(connection, "first page", i -> "limit=100");
      measure(connection, "status, nine of ten", i -> "status=active&plan=free");
      measure(connection, "plan and tier, one of ten", i -> "plan=pro&tier=B");
      measure(connection, "plan, one of a thousand", i -> "plan=enterprise");
      measure(connection, "warm", i -> "state=warm&plan=pro");
      measure(connection, "hot", i -> "state=hot&plan=pro");
      measure(connection, "id prefix of all", i -> "q=t");
      measure(connection, "id prefix", i -> "q=" + id(some(i)).substring(0, 5));
      measure(connection, "id", i -> "q=" + id(some(i)));
      measure(connection, "name prefix of one of five", i -> "q=acme");
      measure(connection, "of one of fifty", i -> "q=acme%20" + (1 + i % 9));
      measure(connection, "of one of five hundred", i -> "q=acme%20" + (10 + i % 90));
      measure(connection, "of one of five thousand", i -> "q=acme%20" + (100 + i % 900));
      measure(
          connection,
          "of few",
          i -> "q=" + name(some(i)).toLowerCase(Locale.ROOT).replace(" ", "%20"));
      measure(connection, "of one of five, rare plan", i -> "q=acme&plan=enterprise");
      measure(connection, "of one of fifty, rare plan", i -> "q=acme%203&plan=enterprise");
      measure(connection, "of nobody", i -> "q=zz" + i);
      measure(connection, "of all, of nobody by plan", i -> "q=hooli&plan=pro");
    }
  }

  private int some(int i) {
    return (int) (Integer.toUnsignedLong(i * 0x85EBCA6B) % tenants);
  }

  /** Looks at first pages, and at the next ones of some of them, turn by turn. */
  private void measure(PlainConnection connection, String what, IntFunction<String> queries)
      throws IOException {
    long[] nanos = new long[pages];
    long found = 0;
    String cursor = null;
    for (int i = -pages / 10; i < pages; i++) {
      String query = queries.apply(cursor == null ? Math.abs(i) : Math.abs(i) - 1);
      String path = "/api/tenants?" + query + (cursor == null ? "" : "&cursor=" + cursor);
      long sent = System.nanoTime();
      PlainConnection.Reply reply = connection.get(path);
      long took = System.nanoTime() - sent;
      if (reply.status() != 200) {
        throw new IOException(path + " was answered " + reply.status() + " " + reply.text());
      }
      String text = reply.text();
      if (i >= 0) {
        nanos[i] = took;
        found += text.split("\"createdAt\"", -1).length - 1;
      }
      cursor = i % 2 == 0 ? cursor(text) : null;
    }
    print("%-28s %6.1f items".formatted(what, (double) found / pages), nanos, pages);
  }

  private static String cursor(String text) {
    int at = text.lastIndexOf("\"nextCursor\":\"");
    return at < 0 ? null : text.substring(at + 14, text.indexOf('"', at + 14));
  }

  private static void print(String what, long[] nanos, int count) {
    Arrays.sort(nanos);
    System.out.printf(
        "%s  p50 %.2f ms  p99 %.2f ms  most %.2f ms%n",
        what, nanos[count / 2] / 1e6, nanos[count * 99 / 100] / 1e6, nanos[count - 1] / 1e6);
  }

  private static void status(NodeProcess node, String when) throws IOException {
    Path process = Path.of("/proc", node.pid() + "");
    String resident =
        Files.readAllLines(process.resolve("status")).stream()
            .filter(line -> line.startsWith("VmRSS"))
            .findFirst()
            .orElse("");
    String[] times = Files.readString(process.resolve("stat")).split(" ", -1);
    System.out.printf(
        "%s: %s, CPU %.1f s, load %s%n",
        when,
        resident.replaceAll("\\s+", " "),
        (Long.parseLong(times[13]) + Long.parseLong(times[14])) / 100.0,
        Files.readString(Path.of("/proc/loadavg")).trim());
  }

  private static String id(int i) {
    return "t%08x".formatted(i * 0x9E3779B1);
  }

  private static String name(int i) {
    return NAMES[i % NAMES.length] + " " + i;
  }
}
