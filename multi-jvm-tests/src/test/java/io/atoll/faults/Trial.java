package io.atoll.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.atoll.cassandra.StoredStreams;
import io.atoll.faults.check.Availability;
import io.atoll.faults.check.ExactQuota;
import io.atoll.faults.check.Isolation;
import io.atoll.faults.check.Metering;
import io.atoll.faults.check.NoLostWrite;
import io.atoll.faults.check.PerKeyLinearizability;
import io.atoll.faults.check.SingleWriter;
import io.atoll.faults.check.Verdict;
import io.atoll.faults.cluster.Await;
import io.atoll.faults.cluster.Cluster;
import io.atoll.faults.cluster.ClusterNode;
import io.atoll.faults.history.Action;
import io.atoll.faults.history.Entry;
import io.atoll.faults.history.History;
import io.atoll.faults.history.Operation;
import io.atoll.faults.history.Outcome;
import io.atoll.faults.history.Span;
import io.atoll.faults.load.Caller;
import io.atoll.faults.load.Load;
import io.atoll.node.Answer;
import io.atoll.node.Client;
import io.atoll.node.NodeProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Tenants of a cluster under load, and what must hold of them in the end. One of the tenants has a
 * rate; the load asks for more.
 */
final class Trial {
  private static final int CAPACITY = 1_000_000;
  private static final int CLIENTS = 8;
  private static final int FEW = 2;
  private static final int FLOODERS = 1_000;
  private static final int KEYS = 4;
  private static final int READER = -1;
  private static final int PROBE = -2;
  private static final int RATE = 5;
  private static final int SLOWEST = 5;

  /** How long a client waits after a failure. */
  private static final Duration PATIENCE = Duration.ofMillis(50);

  private static final Duration IMPATIENCE = Duration.ofSeconds(5);
  private static final Duration PROBE_PATIENCE = Duration.ofSeconds(1);
  private static final Duration SEARCH_BOUND = Duration.ofMinutes(1);
  private static final List<String> MAPS = List.of("users", "orders");

  private static final Path REPORT = Path.of("target", "faults.txt");

  private final Cluster cluster;
  private final String name;
  private final long seed;
  private final Map<String, String> keys = new HashMap<>();
  private final List<Entry> entries = new ArrayList<>();
  private final List<Span> failovers = new CopyOnWriteArrayList<>();
  private final History history = new History(CAPACITY);
  private final String limited;
  private final Caller caller;

  /** Makes so many tenants, whose names begin with the name. */
  Trial(Cluster cluster, String name, int tenants, long seed) {
    this.cluster = cluster;
    this.name = name;
    this.seed = seed;
    this.limited = name + "-0";
    Client client = cluster.nodes().getFirst().client();
    IntStream.range(0, tenants).mapToObj(i -> name + "-" + i).forEach(it -> add(client, it));
    this.caller = new Caller(cluster::urls, keys, Caller.TIMEOUT);
  }

  private void add(Client client, String tenant) {
    String quotas =
        tenant.equals(limited)
            ? ",\"quotas\":{\"opsPerSecond\":%d,\"burst\":%d}".formatted(RATE, RATE)
            : "";
    keys.put(tenant, client.tenantWithKey(tenant, ",\"plan\":\"enterprise\"" + quotas));
    for (String map : MAPS) {
      IntStream.range(0, KEYS).forEach(key -> entries.add(new Entry(tenant, map, "k" + key)));
    }
  }

  /** Starts clients of all entries. */
  Load load() {
    return Load.start(caller, entries, history, Load.Clients.busy(0, CLIENTS, PATIENCE), seed);
  }

  /**
   * Starts clients of all entries who wait no longer for an answer than a node does by default. All
   * of them soon wait for a tenant that is lost; who waits longer does not see it come back.
   */
  Load impatientLoad() {
    Caller impatient = new Caller(cluster::urls, keys, IMPATIENCE);
    return Load.start(impatient, entries, history, Load.Clients.busy(0, CLIENTS, PATIENCE), seed);
  }

  /** Starts so many clients of all entries, who call again a while after an answer. */
  Load calmLoad(int clients, Duration between) {
    Load.Clients who = new Load.Clients(0, clients, between, PATIENCE);
    return Load.start(caller, entries, history, who, seed);
  }

  /** Starts clients who talk to these nodes only; {@code first} is the number of the first one. */
  Load load(List<ClusterNode> nodes, int first) {
    Caller these =
        new Caller(() -> nodes.stream().map(ClusterNode::url).toList(), keys, Caller.TIMEOUT);
    return Load.start(
        these, entries, history, Load.Clients.busy(first, CLIENTS, PATIENCE), seed + first);
  }

  /** Starts a few clients of these tenants alone; {@code first} is the number of the first one. */
  Load load(Collection<String> tenants, int first) {
    List<Entry> theirs = entries.stream().filter(it -> tenants.contains(it.tenant())).toList();
    return Load.start(
        caller, theirs, history, Load.Clients.busy(first, FEW, PATIENCE), seed + first);
  }

  /** Starts clients of the limited tenant who do not care that they are refused. */
  Load flood() {
    List<Entry> its = entries.stream().filter(it -> it.tenant().equals(limited)).toList();
    Load.Clients clients = Load.Clients.busy(FLOODERS, CLIENTS, Duration.ofMillis(1));
    return Load.start(caller, its, history, clients, seed + FLOODERS);
  }

  /**
   * Restarts a node in good order: its tenants go, and once it is back some come. They take their
   * rate with them, so nothing fails over.
   */
  void restart(ClusterNode node) {
    assertThat(node.terminate()).isZero();
    node.start();
    node.awaitReady();
    cluster.awaitWhole();
  }

  /** The tenant that has a rate. */
  String limited() {
    return limited;
  }

  /**
   * Holds when, between these times, no write of the tenant was acknowledged to the clients from
   * this number on that began after one of the other clients had been acknowledged.
   */
  Verdict silentAfterTakeover(String tenant, int from, long cut, long healed) {
    List<Operation> writes =
        of(tenant).stream()
            .filter(Operation::acknowledged)
            .filter(it -> it.span().invokedAt() >= cut && it.span().invokedAt() < healed)
            .toList();
    long takeover =
        writes.stream()
            .filter(it -> it.client() >= 0 && it.client() < from)
            .mapToLong(it -> it.span().completedAt())
            .min()
            .orElse(Long.MAX_VALUE);
    return Verdict.of(
        writes.stream()
            .filter(it -> it.client() >= from && it.span().invokedAt() > takeover)
            .map(it -> "acknowledged although another node had the tenant: " + it)
            .toList());
  }

  /** What clients from this number on were answered between these times, and how often. */
  Map<String, Long> answers(int from, long begin, long end) {
    return history.operations().stream()
        .filter(it -> it.client() >= from)
        .filter(it -> it.span().invokedAt() >= begin && it.span().invokedAt() < end)
        .collect(
            Collectors.groupingBy(
                it ->
                    switch (it.outcome()) {
                      case Outcome.Unknown unknown -> unknown.why();
                      case Outcome.Retried retried -> "retried, then " + retried.answer();
                      default -> it.outcome().getClass().getSimpleName();
                    },
                TreeMap::new,
                Collectors.counting()));
  }

  /** Says that a node is lost from now on, which is the time that is returned. */
  long failsOver() {
    long now = System.nanoTime();
    failovers.add(new Span(now, now));
    return now;
  }

  /** Says that all tenants are where they belong again. */
  void hasFailedOver() {
    long now = System.nanoTime();
    failovers.replaceAll(it -> it.nanos() == 0 ? new Span(it.invokedAt(), now) : it);
  }

  /** The tenants, in the order of their numbers. */
  List<String> tenants() {
    return IntStream.range(0, keys.size()).mapToObj(i -> name + "-" + i).toList();
  }

  /** How long after this time a tenant's write was acknowledged that was called then or later. */
  Optional<Duration> writtenAfter(long time, String tenant) {
    return of(tenant).stream()
        .filter(Operation::acknowledged)
        .filter(it -> it.span().invokedAt() >= time)
        .map(it -> it.span().completedAt() - time)
        .min(Comparator.naturalOrder())
        .map(Duration::ofNanos);
  }

  /**
   * Waits until all these were written after this time; says how long the last one took. Callers
   * who wait for a node that is lost do not see when another serves, so it asks by itself.
   */
  Duration awaitWritten(long time, Collection<String> tenants) {
    Caller probe = new Caller(cluster::urls, keys, PROBE_PATIENCE);
    for (String tenant : tenants) {
      Await.until(
          tenant + " is written again",
          () -> writtenAfter(time, tenant).isPresent() || isWritten(probe, first(tenant)));
    }
    return tenants.stream()
        .map(it -> writtenAfter(time, it).orElse(Duration.ZERO))
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  private boolean isWritten(Caller probe, Entry entry) {
    assertThat(history.reserve()).as("there is room for one more").isTrue();
    Operation done =
        probe.call(PROBE, entry, new Action.Set(entry.value(PROBE, System.nanoTime())));
    history.add(done);
    return done.acknowledged();
  }

  /** The first entry of the tenant. */
  Entry first(String tenant) {
    return entries.stream().filter(it -> it.tenant().equals(tenant)).findFirst().orElseThrow();
  }

  /** The calls of these tenants that began within these times. */
  List<Operation> calls(Collection<String> tenants, long from, long to) {
    return history.operations().stream()
        .filter(it -> tenants.contains(it.entry().tenant()))
        .filter(it -> it.span().invokedAt() >= from && it.span().invokedAt() < to)
        .toList();
  }

  List<Entry> entries() {
    return List.copyOf(entries);
  }

  Map<String, String> keys() {
    return Map.copyOf(keys);
  }

  /** Does one thing more and records it. */
  Operation call(Entry entry, Action action) {
    assertThat(history.reserve()).as("there is room for one more").isTrue();
    Operation done = caller.call(READER, entry, action);
    history.add(done);
    return done;
  }

  /** Reads all entries, and looks at everything that must hold. */
  void assertAllHolds() {
    Map<Entry, Outcome.Found> found = readAll();
    List<Operation> operations = history.operations();
    report(operations);
    assertHolds("no write is lost", NoLostWrite.check(operations, found));
    assertHolds("entries are registers", PerKeyLinearizability.check(operations, SEARCH_BOUND));
    assertHolds("values are the tenant's", Isolation.check(operations));
    assertHolds("the rate is exact", new ExactQuota(RATE, RATE, failovers).check(of(limited)));
    keys.keySet()
        .forEach(tenant ->
            assertHolds("writes are metered", Metering.check(tenant, operations, metered(tenant))));
    assertSingleWriters();
  }

  /** What was lost or came back, judged by what is there now. */
  Verdict lostWrites() {
    Map<Entry, Outcome.Found> found = readAll();
    return NoLostWrite.check(history.operations(), found);
  }

  /** Reads all entries, each until it is answered; recorded like all calls. */
  private Map<Entry, Outcome.Found> readAll() {
    Map<Entry, Outcome.Found> found = new HashMap<>();
    for (Entry entry : entries) {
      Await.until("a read is answered", () -> isRead(entry, found));
    }
    return found;
  }

  private boolean isRead(Entry entry, Map<Entry, Outcome.Found> found) {
    Outcome outcome = call(entry, new Action.Get()).outcome();
    if (outcome instanceof Outcome.Found there) {
      found.put(entry, there);
    }
    return outcome instanceof Outcome.Found || outcome instanceof Outcome.Absent;
  }

  private long metered(String tenant) {
    Client client = cluster.nodes().getFirst().client();
    Answer usage =
        client.get("/api/tenants/" + tenant + "/usage?period=minute", NodeProcess.ADMIN_KEY);
    long metered = 0;
    for (JsonNode bucket : usage.expect(200).json().get("items")) {
      metered += bucket.get("writeOps").asLong();
    }
    return metered;
  }

  private void assertSingleWriters() {
    try (StoredStreams streams = StoredStreams.open(Cluster.KEYSPACE)) {
      for (String tenant : keys.keySet()) {
        assertThat(streams.of(tenant)).as("streams of " + tenant).isNotEmpty();
        for (String stream : streams.of(tenant)) {
          assertHolds("streams have one writer", singleWriter(streams, stream));
        }
      }
    }
  }

  static Verdict singleWriter(StoredStreams streams, String stream) {
    StoredStreams.Kept kept = streams.read(stream);
    return SingleWriter.check(stream, kept.first(), kept.records());
  }

  /** How many calls have met the rate of the tenant that has one. */
  long refusedByRate() {
    Outcome refused = new Outcome.Refused("RATE_LIMITED");
    return of(limited).stream().filter(it -> it.outcome().equals(refused)).count();
  }

  /** How the calls of each tenant were served. */
  Map<String, Availability> availability() {
    Map<String, Availability> figures = new HashMap<>();
    keys.keySet().forEach(tenant -> figures.put(tenant, Availability.of(of(tenant))));
    return figures;
  }

  /** Adds a line with the figures of the run to a file below {@code target}. */
  private void report(List<Operation> operations) {
    String line =
        "%s, seed %d, %d losses: %d acknowledged writes, %d unknown, all calls %s%n"
            .formatted(
                name,
                seed,
                failovers.size(),
                operations.stream().filter(Operation::acknowledged).count(),
                operations.stream().filter(Operation::unsure).count(),
                Availability.of(operations));
    write(line);
    noteSlowest(operations);
  }

  /** Adds how the calls were served that began within these times. */
  void noteCalls(String when, long from, long to) {
    List<Operation> calls = calls(keys.keySet(), from, to);
    note("%s: %s".formatted(when, Availability.of(calls)));
    noteSlowest(calls);
  }

  private void noteSlowest(List<Operation> calls) {
    calls.stream()
        .sorted(Comparator.comparingLong((Operation it) -> it.span().nanos()).reversed())
        .limit(SLOWEST)
        .forEach(it -> note("slow, from %s: %s".formatted(told(it), it)));
  }

  /** When it began, as the nodes' logs say it, and how long it took. */
  private static String told(Operation call) {
    long ago = System.nanoTime() - call.span().invokedAt();
    return "%s for %s in %d attempts"
        .formatted(
            Instant.now().minusNanos(ago).truncatedTo(ChronoUnit.MILLIS),
            Duration.ofNanos(call.span().nanos()),
            call.attempts());
  }

  /** Adds a sentence about the run to the same file. */
  void note(String sentence) {
    write("%s: %s%n".formatted(name, sentence));
  }

  /** Writes all calls to a file beside the report, in the order of their beginning. */
  private void keepHistory() {
    List<Operation> operations =
        history.operations().stream()
            .sorted(Comparator.comparingLong(it -> it.span().invokedAt()))
            .toList();
    long first = operations.getFirst().span().invokedAt();
    Path file = REPORT.resolveSibling("history-" + name + ".txt");
    try {
      Files.createDirectories(file.getParent());
      Files.write(
          file,
          operations.stream()
              .map(it ->
                  "%.6f-%.6f, %d attempts: %s"
                      .formatted(
                          seconds(it.span().invokedAt() - first),
                          seconds(it.span().completedAt() - first),
                          it.attempts(),
                          it))
              .toList());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static double seconds(long nanos) {
    return nanos / 1e9;
  }

  /** Adds a line to the file. */
  static void write(String line) {
    try {
      Files.createDirectories(REPORT.getParent());
      Files.writeString(REPORT, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private List<Operation> of(String tenant) {
    return history.operations().stream().filter(it -> it.entry().tenant().equals(tenant)).toList();
  }

  void assertHolds(String what, Verdict verdict) {
    if (!(verdict instanceof Verdict.Holds)) {
      keepHistory();
    }
    assertThat(verdict).as("%s; seed %d", what, seed).isEqualTo(new Verdict.Holds());
  }
}
