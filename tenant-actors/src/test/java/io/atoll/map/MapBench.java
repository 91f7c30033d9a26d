package io.atoll.map;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.atoll.plan.Tier;
import io.atoll.quota.Account;
import io.atoll.quota.RateStatus;
import io.atoll.time.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;

/** One map actor over a journal in memory, its tenant, and a client that asks it. */
final class MapBench {
  /** Whatever a stream holds is metered. */
  static final MeteredTo METERED = new MeteredTo(Long.MAX_VALUE, 0, 0);

  private static final AtomicInteger MAPS = new AtomicInteger();

  final UnrulyPageStore store = new UnrulyPageStore();
  final History history = TrimmedJournal.history();
  final ManualTime time = new ManualTime();
  final Account account = new Account(-1, -1);
  final TestProbe<MapReport> tenant;
  final TestProbe<OperateReply> client;
  final PersistenceTestKit journal;
  private final ActorTestKit kit;
  private final MapSettings settings;
  private final MapIdentity identity =
      new MapIdentity("acme", 1, "bench-" + MAPS.incrementAndGet(), 0);
  PageStore pages = store;
  Optional<MapJournal> streams = Optional.empty();
  MeteredTo metered = METERED;
  final AtomicReference<StoreState> storeState = new AtomicReference<>(StoreState.UP);
  ActorRef<MapCommand> map;

  /** An actor system with a journal in memory, for maps that checkpoint early and cache nothing. */
  static ActorTestKit system() {
    return ActorTestKit.create(
        PersistenceTestKitPlugin.getInstance()
            .config()
            .withFallback(PersistenceTestKitSnapshotPlugin.config())
            .withFallback(
                ConfigFactory.parseString(
                    """
                    atoll.map.read-journal = "trimmed-journal"
                    trimmed-journal.class = "io.atoll.map.TrimmedJournal$Provider"
                    atoll.map.checkpoint-minimum-bytes = 4 KiB
                    atoll.map.page-bytes = 1 KiB
                    pekko.loglevel = ERROR
                    """))
            .withFallback(ConfigFactory.load()));
  }

  /** A running map whose settings are the system's with these over them. */
  MapBench(ActorTestKit kit, String overrides) {
    this.kit = kit;
    Config config =
        ConfigFactory.parseString(overrides).withFallback(kit.system().settings().config());
    this.settings = MapSettings.from(config);
    this.tenant = kit.createTestProbe();
    this.client = kit.createTestProbe();
    this.journal = PersistenceTestKit.create(kit.system());
    this.map = kit.system().deadLetters();
  }

  /** A running map with the system's settings. */
  static MapBench started(ActorTestKit kit, String overrides) {
    MapBench bench = new MapBench(kit, overrides);
    bench.start();
    return bench;
  }

  void start() {
    MapEnvironment environment =
        new MapEnvironment(
            settings, time, pages, new PageCache(1), history, streams, storeState::get);
    map =
        kit.spawn(
            MapActor.create(environment, identity, account, metered, tenant.getRef()::tell, -1));
  }

  /** Tells the map to stop, and waits until it has. */
  void stop() {
    map.tell(new MapCommand.Stop());
    report(MapReport.Metered.class);
    tenant.expectTerminated(map);
  }

  /** Stops the map in the middle of whatever it does, and waits until it has. */
  void kill() {
    kit.stop(map, Duration.ofSeconds(60));
  }

  /** The next report of this kind; others before it are passed over. */
  <T extends MapReport> T report(Class<T> type) {
    while (true) {
      MapReport report = tenant.receiveMessage();
      if (type.isInstance(report)) {
        return type.cast(report);
      }
    }
  }

  String stream() {
    return identity.persistenceId();
  }

  List<MapEvent> events() {
    return journal.persistedInStorage(stream()).stream().map(MapEvent.class::cast).toList();
  }

  <T extends MapEvent> long count(Class<T> type) {
    return events().stream().filter(type::isInstance).count();
  }

  /** Waits until the condition holds. */
  void await(Runnable condition) {
    kit.createTestProbe()
        .awaitAssert(
            Duration.ofSeconds(60),
            Duration.ofMillis(2),
            () -> {
              condition.run();
              return null;
            });
  }

  void send(long correlation, Operation.OnMap... operations) {
    map.tell(
        new MapCommand.Apply(
            correlation,
            IntStream.range(0, operations.length).toArray(),
            List.of(operations),
            Tier.A,
            new RateStatus(-1, -1, -1, 0),
            client.getRef()));
  }

  /** Sends the operations as one request and gives their outcomes; nothing else is under way. */
  List<Outcome> ask(Operation.OnMap... operations) {
    send(0, operations);
    Outcome[] outcomes = new Outcome[operations.length];
    for (int answered = 0; answered < operations.length; ) {
      OperateReply.Outcomes reply = (OperateReply.Outcomes) client.receiveMessage();
      for (int i = 0; i < reply.outcomes().size(); i++, answered++) {
        assertThat(outcomes[reply.positions()[i]]).isNull();
        outcomes[reply.positions()[i]] = reply.outcomes().get(i);
      }
    }
    return List.of(outcomes);
  }

  /** Stores entries of about 80 bytes, 50 in a request. */
  void fill(int from, int to) {
    for (int i = from; i < to; i += 50) {
      ask(
          IntStream.range(i, Math.min(to, i + 50))
              .mapToObj(k -> MapModel.set(key(k), "\"" + "v".repeat(60) + "\""))
              .toArray(Operation.OnMap[]::new));
    }
  }

  static String key(int i) {
    return "key-%04d".formatted(i);
  }

  Operation.Get get(String key) {
    return new Operation.Get(identity.map(), Key.of(key));
  }

  Operation.Scan scan(String prefix, int limit) {
    return new Operation.Scan(identity.map(), Key.of(prefix), null, limit, true);
  }
}
