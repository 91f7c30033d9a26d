package io.atoll.map;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.map.WatchReply.Change;
import io.atoll.map.WatchReply.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WatchPropertyTest {
  private static final Duration A_MINUTE = Duration.ofSeconds(60);
  private static final ActorTestKit kit = MapBench.system();

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aWatcherIsToldEveryChangeAfterTheOneItNamesOnceAndInOrder(long seed) {
    MapBench bench = MapBench.started(kit, "atoll.map.snapshot-every = 20");
    Random random = new Random(seed);
    bench.map.tell(new MapCommand.UsageRecorded(Long.MAX_VALUE));
    bench.map.tell(new MapCommand.RetentionChanged(1_000));
    bench.store.delay(() -> 200);
    List<Watcher> watchers = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      change(bench, random);
      if (random.nextInt(15) == 0) {
        watchers.add(watch(bench, random, i));
      }
    }
    bench.ask(MapModel.set("k", "0"));

    List<MapEvent> events = bench.events();
    for (Watcher watcher : watchers) {
      bench.await(() -> {
        List<Change> told = watcher.changes();
        assertThat(text(told)).isEqualTo(text(expected(watcher, told, events)));
      });
      assertThat(watcher.ended()).isEmpty();
    }
  }

  @Test
  void historyThatIsTrimmedWhileItIsReadIsNoGapButAReset() {
    MapBench bench = MapBench.started(kit, "");
    for (int i = 0; i < 60; i++) {
      bench.ask(MapModel.set(MapBench.key(i), "\"" + "v".repeat(200_000) + "\""));
    }
    TestProbe<WatchReply> slow = kit.createTestProbe();
    bench.map.tell(new MapCommand.OpenWatch(1, Key.of(""), 1, slow.getRef()));
    ActorRef<WatchSignal> feed = slow.expectMessageClass(WatchReply.Started.class, A_MINUTE).feed();
    long seq = 1;
    for (boolean reset = false; seq < 60 && !reset; feed.tell(WatchSignal.READY)) {
      for (Change change : slow.expectMessageClass(WatchReply.Changes.class, A_MINUTE).changes()) {
        reset |= change.kind() == Kind.RESET;
        assertThat(reset || change.seq() == ++seq).isTrue();
      }
      TrimmedJournal.trim(bench.stream(), 50);
    }
  }

  private static void change(MapBench bench, Random random) {
    String key = "k" + random.nextInt(30);
    Operation.Write write =
        random.nextInt(4) == 0
            ? MapModel.delete(key)
            : MapModel.set(key, "\"" + "v".repeat(random.nextInt(100)) + "\"");
    if (random.nextInt(3) == 0) {
      bench.send(1, write);
      bench.client.receiveMessage();
    } else {
      bench.send(1, write);
      bench.send(2, MapModel.set("k" + random.nextInt(30), "1"));
      bench.client.receiveMessage();
      bench.client.receiveMessage();
    }
    bench.time.advance(Duration.ofMillis(10));
    switch (random.nextInt(40)) {
      case 0 -> bench.map.tell(new MapCommand.Clear(bench.count(MapEvent.Cleared.class) + 1));
      case 1, 2 -> bench.map.tell(new MapSignal.Tick());
      case 3 -> TrimmedJournal.trim(bench.stream(), random.nextInt(bench.events().size()));
      default -> {}
    }
  }

  private static Watcher watch(MapBench bench, Random random, int step) {
    String prefix = List.of("", "k", "k1", "k2", "nothing").get(random.nextInt(5));
    long since = random.nextInt(4) == 0 ? -1 : random.nextInt(step * 2 + 5);
    return Watcher.open(kit, bench.map, prefix, since, step);
  }

  /**
   * What the watcher should have been told: the changes after its {@code since}; if it was told to
   * start again, the entries as they were at that change and the changes after it.
   */
  private static List<Change> expected(Watcher watcher, List<Change> told, List<MapEvent> events) {
    int reset = told.stream().map(Change::kind).toList().indexOf(Kind.RESET);
    if (reset < 0) {
      long since = watcher.since < 0 ? watcher.startedAt() : watcher.since;
      return changes(events, watcher.prefix, since);
    }
    long seq = told.get(reset).seq();
    assertThat(seq).isGreaterThanOrEqualTo(watcher.startedAt());
    List<Change> expected =
        new ArrayList<>(changes(events, watcher.prefix, watcher.since).subList(0, reset));
    expected.add(told.get(reset));
    expected.addAll(entries(watcher, events, seq));
    expected.addAll(changes(events, watcher.prefix, seq));
    return expected;
  }

  private static List<Change> entries(Watcher watcher, List<MapEvent> events, long seq) {
    TreeMap<Key, Change> entries = new TreeMap<>();
    for (Change change : changes(events, watcher.prefix, 0)) {
      if (change.seq() > seq) {
        break;
      }
      switch (change.kind()) {
        case SET -> entries.put(change.key(), change);
        case DELETE, EXPIRE -> entries.remove(change.key());
        case CLEAR -> entries.clear();
        case RESET -> throw new AssertionError("a stream holds no reset");
      }
    }
    return List.copyOf(entries.values());
  }

  private static List<Change> changes(List<MapEvent> events, Key prefix, long since) {
    List<Change> changes = new ArrayList<>();
    events.forEach(event -> Changes.of(event, prefix, since, changes::add));
    return changes;
  }

  private static List<String> text(List<Change> changes) {
    return changes.stream()
        .map(change ->
            String.join(
                " ",
                change.seq() + " " + change.kind() + " " + change.key(),
                change.value() == null ? "-" : new String(change.value(), UTF_8),
                "version " + change.version()))
        .toList();
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 4);
  }
}
