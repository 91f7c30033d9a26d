package io.atoll.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.atoll.map.PageStore.PageBytes;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MapActorModelTest {
  private static final ActorTestKit kit = MapBench.system();

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aMapAnswersOnceWhatASortedMapWouldWhateverHappens(long seed) {
    new MapRun(bench(), seed).go(300);
  }

  @Test
  void anEntryThatAPageLosesIsFound() {
    Throwable found =
        seeds()
            .mapToObj(seed ->
                catchThrowable(() -> {
                  MapBench bench = bench();
                  bench.pages = new LosingPageStore(bench.store);
                  new MapRun(bench, seed).go(300);
                }))
            .filter(failure -> failure != null)
            .findFirst()
            .orElse(null);

    assertThat(found).isInstanceOf(AssertionError.class);
  }

  private static MapBench bench() {
    return new MapBench(kit, "atoll.map.snapshot-every = 20, atoll.map.page-grace = 1 s");
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 12);
  }

  /** Leaves the last entry of a page out when there are several. */
  private record LosingPageStore(PageStore store) implements PageStore {
    @Override
    public CompletionStage<Void> write(String stream, List<PageBytes> pages) {
      return store.write(stream, pages.stream().map(LosingPageStore::withoutLast).toList());
    }

    private static PageBytes withoutLast(PageBytes written) {
      Page page = new Page(written.bytes());
      PageBuilder builder = new PageBuilder();
      for (int i = 0; i < Math.max(1, page.count() - 1); i++) {
        builder.add(page.entry(i));
      }
      return new PageBytes(written.number(), builder.build());
    }

    @Override
    public CompletionStage<byte[]> read(String stream, long number) {
      return store.read(stream, number);
    }

    @Override
    public CompletionStage<Void> delete(String stream, Collection<Long> numbers) {
      return store.delete(stream, numbers);
    }

    @Override
    public CompletionStage<Set<Long>> numbers(String stream) {
      return store.numbers(stream);
    }
  }
}
