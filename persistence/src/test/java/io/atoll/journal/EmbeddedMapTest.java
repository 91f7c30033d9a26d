package io.atoll.journal;

import static io.atoll.store.Stores.result;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.atoll.map.Key;
import io.atoll.map.MapActor;
import io.atoll.map.MapCommand;
import io.atoll.map.MapEnvironment;
import io.atoll.map.MapIdentity;
import io.atoll.map.MapReport;
import io.atoll.map.MapSettings;
import io.atoll.map.MeteredTo;
import io.atoll.map.OperateReply;
import io.atoll.map.Operation;
import io.atoll.map.Outcome;
import io.atoll.map.PageCache;
import io.atoll.map.StoreState;
import io.atoll.plan.Tier;
import io.atoll.quota.Account;
import io.atoll.quota.RateStatus;
import io.atoll.store.EmbeddedStore;
import io.atoll.store.Keys;
import io.atoll.store.StoreExtension;
import io.atoll.store.Table;
import io.atoll.time.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A map over the embedded store, with its snapshots and pages. */
class EmbeddedMapTest {
  /** Whatever a stream holds is metered. */
  private static final MeteredTo METERED = new MeteredTo(Long.MAX_VALUE, 0, 0);

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final MapIdentity MAP = new MapIdentity("acme", 1, "users", 0);
  private static final String STREAM = "map|acme|1|users";

  @TempDir Path folder;
  private Recorders system;
  private EmbeddedStore store;
  private TestProbe<OperateReply> client;
  private TestProbe<MapReport> tenant;

  @BeforeEach
  void open() {
    system = new Recorders(TestConfig.in(folder), EmbeddedReadJournal.IDENTIFIER);
    store = StoreExtension.of(Adapter.toClassic(system.kit().system()));
    client = system.kit().createTestProbe();
    tenant = system.kit().createTestProbe();
  }

  @AfterEach
  void close() {
    system.close();
  }

  @Test
  void aMapComesBackFromItsNewestSnapshotAndTheEventsAfterIt() {
    ActorRef<MapCommand> map = start(true);
    for (int i = 1; i <= 47; i++) {
      assertThat(((Outcome.Written) ask(map, set("k" + i % 5, "1"))).version()).isEqualTo(i);
    }
    stop(map);
    tenant.awaitAssert(SOON, () -> assertThat(snapshots()).containsExactly(30L, 40L));
    ActorRef<MapCommand> again = start(true);
    assertThat(((Outcome.Found) ask(again, get("k3"))).version()).isEqualTo(43);
    assertThat(((Outcome.Found) ask(again, get("k2"))).version()).isEqualTo(47);
    assertThat(((Outcome.Written) ask(again, set("k3", "2"))).version()).isEqualTo(48);
  }

  @Test
  void theJournalPluginAndTheMapJournalReadEachOther() {
    ActorRef<MapCommand> straight = start(true);
    for (int i = 1; i <= 25; i++) {
      ask(straight, set("k" + i, "1"));
    }
    stop(straight);
    ActorRef<MapCommand> byPlugin = start(false);
    assertThat(((Outcome.Found) ask(byPlugin, get("k25"))).version()).isEqualTo(25);
    for (int i = 26; i <= 55; i++) {
      ask(byPlugin, set("k" + i, "1"));
    }
    stop(byPlugin);
    ActorRef<MapCommand> straightAgain = start(true);
    assertThat(((Outcome.Found) ask(straightAgain, get("k1"))).version()).isEqualTo(1);
    assertThat(((Outcome.Written) ask(straightAgain, set("k1", "2"))).version()).isEqualTo(56);
  }

  private ActorRef<MapCommand> start(boolean straight) {
    ActorSystem<?> actors = system.kit().system();
    MapEnvironment environment =
        new MapEnvironment(
            MapSettings.from(
                ConfigFactory.parseString("atoll.map.snapshot-every = 10")
                    .withFallback(actors.settings().config())),
            TimeSource.system(),
            new EmbeddedPageStore(store),
            new PageCache(1),
            new EmbeddedHistory(store),
            straight
                ? Optional.of(new EmbeddedMapJournal(actors, store, TimeSource.system()))
                : Optional.empty(),
            () -> StoreState.UP);
    return system
        .kit()
        .spawn(
            MapActor.create(
                environment, MAP, new Account(-1, -1), METERED, tenant.ref()::tell, -1));
  }

  private void stop(ActorRef<MapCommand> map) {
    map.tell(new MapCommand.Stop());
    tenant.expectTerminated(map, SOON);
  }

  private Outcome ask(ActorRef<MapCommand> map, Operation.OnMap operation) {
    map.tell(
        new MapCommand.Apply(
            1,
            new int[] {0},
            List.of(operation),
            Tier.A,
            new RateStatus(-1, -1, -1, 0),
            client.ref()));
    return ((OperateReply.Outcomes) client.receiveMessage(SOON)).outcomes().getFirst();
  }

  private List<Long> snapshots() {
    return result(store.read(reader -> reader.keys(Table.SNAPSHOTS, Keys.of(STREAM)))).stream()
        .map(Keys::number)
        .toList();
  }

  private static Operation.Set set(String key, String value) {
    return new Operation.Set(
        MAP.map(), Key.of(key), value.getBytes(UTF_8), Operation.ANY, Operation.FOREVER, null);
  }

  private static Operation.Get get(String key) {
    return new Operation.Get(MAP.map(), Key.of(key));
  }
}
