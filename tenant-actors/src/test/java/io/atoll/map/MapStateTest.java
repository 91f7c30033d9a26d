package io.atoll.map;

import static io.atoll.map.MapModel.delete;
import static io.atoll.map.MapModel.set;
import static io.atoll.map.MapModel.setFor;
import static io.atoll.map.MapModel.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class MapStateTest {
  private final MapSerializer serializer = new MapSerializer();

  /** One thing that happens to a map. */
  sealed interface Step {
    record Batch(List<Operation.Write> writes) implements Step {}

    record Checkpoint() implements Step {}

    /** A checkpoint during which the map goes on. */
    record SlowCheckpoint(List<Operation.Write> meanwhile) implements Step {}

    record Time(int ms) implements Step {}

    record Clear() implements Step {}

    /** The process ends and recovers from its snapshot at this moment. */
    record Snapshot() implements Step {}
  }

  @Property(tries = 400)
  void replayFromTheFirstEventAndFromAManifestWithItsTailGiveTheLiveState(
      @ForAll("histories") List<Step> history) {
    MapModel live = new MapModel();
    MapState snapshot = MapState.EMPTY;
    int snapshotAt = 0;
    for (Step step : history) {
      perform(live, step);
      if (step instanceof Step.Snapshot) {
        snapshot = live.state;
        snapshotAt = live.events.size();
      }
    }

    dropExpired(live);
    MapState fromFirst = replay(MapState.EMPTY, live.events);
    MapState fromSnapshot =
        replay((MapState) roundTrip(snapshot), live.events.subList(snapshotAt, live.events.size()));

    assertThat(text(live.content())).isEqualTo(text(live.expected));
    assertSame(live, fromFirst);
    assertSame(live, fromSnapshot);
    assertThat(live.account.entries()).isEqualTo(live.state.entries());
    assertThat(live.account.bytes()).isEqualTo(live.state.bytes());
  }

  @Test
  void aReplayThatLosesOneEventIsNotTheLiveState() {
    MapModel live = new MapModel();
    live.write(set("a", "1"));
    live.write(set("b", "2"));

    MapState damaged = replay(MapState.EMPTY, live.events.subList(0, 1));

    assertThat(text(live.content(damaged))).isNotEqualTo(text(live.content()));
  }

  @Test
  void aDeletionDuringACheckpointIsNotUndoneByIt() {
    MapModel map = new MapModel();
    map.write(set("a", "1"));
    MapState before = map.state;
    Fold.Result result = map.fold(before);
    map.write(delete("a"));
    map.install(before, result);

    assertThat(map.content()).isEmpty();
    assertThat(map.get("a")).isInstanceOf(Outcome.Refused.class);
  }

  @Test
  void numbersOfChangesGoOnAfterTheMapWasDropped() {
    MapModel map = new MapModel();
    map.write(set("a", "1"));
    map.clear();

    assertThat(map.write(set("a", "2"))).isEqualTo(new Outcome.Written(3, true));
    assertThat(map.state.generation()).isEqualTo(1);
  }

  @Test
  void theNextExpiryIsKnownFromChangesAndFromPages() {
    MapModel map = new MapModel();
    map.write(setFor("a", "1", 50));
    map.write(setFor("b", "1", 20));
    assertThat(map.state.nextRecentExpiry()).isEqualTo(1_020);

    map.checkpoint();

    assertThat(map.state.nextRecentExpiry()).isEqualTo(Long.MAX_VALUE);
    assertThat(map.state.manifest().earliestExpiry()).isEqualTo(1_020);
  }

  @Provide
  Arbitrary<List<Step>> histories() {
    Arbitrary<Step> batch = writes().list().ofMinSize(1).ofMaxSize(8).map(Step.Batch::new);
    Arbitrary<Step> slow = writes().list().ofMaxSize(4).map(Step.SlowCheckpoint::new);
    Arbitrary<Step> time = Arbitraries.integers().between(1, 40).map(Step.Time::new);
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(12, batch),
            net.jqwik.api.Tuple.of(2, Arbitraries.create(Step.Checkpoint::new)),
            net.jqwik.api.Tuple.of(2, slow),
            net.jqwik.api.Tuple.of(3, time),
            net.jqwik.api.Tuple.of(1, Arbitraries.create(Step.Clear::new)),
            net.jqwik.api.Tuple.of(2, Arbitraries.create(Step.Snapshot::new)))
        .list()
        .ofMaxSize(40);
  }

  private static Arbitrary<Operation.Write> writes() {
    Arbitrary<String> keys =
        Arbitraries.strings().withChars("ab\u00e9").ofMinLength(1).ofMaxLength(4);
    Arbitrary<String> values = Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(60);
    Arbitrary<Long> conditions =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(6, Arbitraries.just(Operation.ANY)),
            net.jqwik.api.Tuple.of(1, Arbitraries.just(Operation.ABSENT)),
            net.jqwik.api.Tuple.of(1, Arbitraries.just(Operation.PRESENT)),
            net.jqwik.api.Tuple.of(1, Arbitraries.longs().between(1, 30)));
    Arbitrary<Long> lifetimes =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(4, Arbitraries.just(Operation.FOREVER)),
            net.jqwik.api.Tuple.of(1, Arbitraries.longs().between(1, 60)));
    Arbitrary<Idempotency> receipts =
        Arbitraries.integers()
            .between(0, 5)
            .map(n -> new Idempotency("request-" + n, "print-" + n % 2))
            .injectNull(0.8);
    return Arbitraries.integers()
        .between(0, 3)
        .flatMap(kind ->
            Combinators.combine(keys, values, conditions, lifetimes, receipts)
                .as((key, value, ifVersion, ttl, receipt) ->
                    kind == 0
                        ? new Operation.Delete("users", Key.of(key), ifVersion, receipt)
                        : new Operation.Set(
                            "users",
                            Key.of(key),
                            set(key, value).value(),
                            ifVersion,
                            ttl,
                            receipt)));
  }

  private static void perform(MapModel map, Step step) {
    switch (step) {
      case Step.Batch batch -> batchOf(map, batch.writes());
      case Step.Checkpoint _ -> map.checkpoint();
      case Step.SlowCheckpoint slow -> {
        MapState before = map.state;
        Fold.Result result = map.fold(before);
        if (!slow.meanwhile().isEmpty()) {
          batchOf(map, slow.meanwhile());
        }
        map.install(before, result);
      }
      case Step.Time time -> map.now += time.ms();
      case Step.Clear _ -> map.clear();
      case Step.Snapshot _ -> {}
    }
  }

  private static void batchOf(MapModel map, List<Operation.Write> writes) {
    map.expected.keySet().removeIf(key -> map.get(key.toString()) instanceof Outcome.Refused);
    for (Operation.Write write : writes) {
      if (write.idempotency() == null) {
        map.write(write);
      } else {
        writeOnce(map, write);
      }
    }
  }

  /** A repeated request changes nothing, whatever its answer says. */
  private static void writeOnce(MapModel map, Operation.Write write) {
    long seq = map.state.seq();
    byte[] before = map.expected.get(write.key());
    map.write(write);
    boolean changed = map.state.seq() > seq;
    if (!changed && before == null) {
      map.expected.remove(write.key());
    } else if (!changed) {
      map.expected.put(write.key(), before);
    }
  }

  private static void dropExpired(MapModel map) {
    map.expected.keySet().removeIf(key -> map.get(key.toString()) instanceof Outcome.Refused);
  }

  private MapState replay(MapState from, List<MapEvent> events) {
    MapState state = from;
    for (MapEvent event : events) {
      state = state.apply((MapEvent) roundTrip(event));
    }
    return state;
  }

  private Object roundTrip(Object object) {
    return serializer.fromBinary(serializer.toBinary(object), serializer.manifest(object));
  }

  private static void assertSame(MapModel live, MapState replayed) {
    assertThat(text(live.content(replayed))).isEqualTo(text(live.content()));
    assertThat(replayed.seq()).isEqualTo(live.state.seq());
    assertThat(replayed.ordinal()).isEqualTo(live.state.ordinal());
    assertThat(replayed.entries()).isEqualTo(live.state.entries());
    assertThat(replayed.bytes()).isEqualTo(live.state.bytes());
    assertThat(replayed.recentBytes()).isEqualTo(live.state.recentBytes());
    assertThat(replayed.expiries()).isEqualTo(live.state.expiries());
    assertThat(replayed.manifest()).isEqualTo(live.state.manifest());
    assertThat(replayed.generation()).isEqualTo(live.state.generation());
  }
}
