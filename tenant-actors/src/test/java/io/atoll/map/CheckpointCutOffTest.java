package io.atoll.map;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.map.CutOffStore.Step;
import io.atoll.map.Manifest.PageReference;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A node that ends at any step of a checkpoint: nothing that was answered is lost, no page either.
 */
class CheckpointCutOffTest {
  private static final ActorTestKit kit = MapBench.system();
  private static final Duration GRACE = Duration.ofSeconds(60);

  private final MapBench bench = new MapBench(kit, "");
  private final KitMapJournal journal = new KitMapJournal(bench.journal);
  private final Map<String, String> acknowledged = new TreeMap<>();

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  @ParameterizedTest
  @EnumSource
  void theNextLifeHasWhatWasAnsweredAndInTheEndNoPageTooManyOrTooFew(Step step) {
    live(null);
    write(0, 300, "first");
    bench.await(() -> assertThat(bench.count(MapEvent.Checkpointed.class)).isPositive());
    bench.kill();

    CutOffStore dying = live(step);
    writeOne(MapBench.key(150), "\"" + "w".repeat(30_000) + "\"");
    bench.await(() -> {
      bench.time.advance(GRACE);
      bench.map.tell(new MapSignal.Tick());
      assertThat(dying.hasEnded()).isTrue();
    });
    bench.kill();

    live(null);
    assertThat(content()).isEqualTo(acknowledged);
    assertNoPageIsMissing();

    long before = bench.count(MapEvent.Checkpointed.class);
    write(0, 300, "last");
    bench.await(() -> assertThat(bench.count(MapEvent.Checkpointed.class)).isGreaterThan(before));
    bench.await(() -> {
      bench.time.advance(GRACE);
      bench.map.tell(new MapSignal.Tick());
      assertThat(bench.store.pages.stored(bench.stream())).isEqualTo(manifest());
    });
    bench.kill();
    live(null);
    assertThat(content()).isEqualTo(acknowledged);
  }

  private CutOffStore live(@Nullable Step last) {
    CutOffStore stores = new CutOffStore(bench.store, journal, last);
    bench.pages = stores;
    bench.streams = Optional.of(stores);
    bench.start();
    return stores;
  }

  /** Writes enough to start a checkpoint, in one event, so that it is answered before that. */
  private void writeOne(String key, String value) {
    acknowledged.put(key, value);
    assertThat(bench.ask(MapModel.set(key, value))).allMatch(Outcome.Written.class::isInstance);
  }

  /** Writes these keys, and waits for the answers. */
  private void write(int from, int to, String what) {
    for (int i = from; i < to; i += 50) {
      Operation.OnMap[] sets = new Operation.OnMap[Math.min(to, i + 50) - i];
      for (int k = 0; k < sets.length; k++) {
        String value = "\"%s %s\"".formatted(what, "v".repeat(90));
        sets[k] = MapModel.set(MapBench.key(i + k), value);
        acknowledged.put(MapBench.key(i + k), value);
      }
      assertThat(bench.ask(sets)).allMatch(Outcome.Written.class::isInstance);
    }
  }

  private Map<String, String> content() {
    Outcome.Scanned scanned = (Outcome.Scanned) bench.ask(bench.scan("", 1_000)).getFirst();
    Map<String, String> content = new TreeMap<>();
    scanned.items().forEach(item -> content.put(item.key().toString(), text(item)));
    return content;
  }

  private static String text(Outcome.Item item) {
    byte[] value = item.value();
    assertThat(value).isNotNull();
    return new String(value, UTF_8);
  }

  private void assertNoPageIsMissing() {
    assertThat(bench.store.pages.stored(bench.stream())).containsAll(manifest());
  }

  private Set<Long> manifest() {
    MapEvent.Checkpointed last =
        bench.events().stream()
            .filter(MapEvent.Checkpointed.class::isInstance)
            .map(MapEvent.Checkpointed.class::cast)
            .reduce((_, later) -> later)
            .orElseThrow();
    return last.manifest().pages().stream().map(PageReference::number).collect(Collectors.toSet());
  }
}
