package io.atoll.journal;

import static io.atoll.store.Stores.failure;
import static io.atoll.store.Stores.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.map.PageStore;
import io.atoll.map.PageStore.PageBytes;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every page store promises. */
public abstract class PageStoreContract {
  protected abstract PageStore pages();

  @Test
  void pagesComeBackAsTheyWere() {
    byte[] large = new byte[300_000];
    new Random(1).nextBytes(large);
    result(pages().write("map", List.of(page(1, large), page(2, new byte[0]))));
    assertThat(result(pages().read("map", 1))).isEqualTo(large);
    assertThat(result(pages().read("map", 2))).isEmpty();
  }

  @Test
  void aPageThatIsNotThereSaysSo() {
    result(pages().write("map", List.of(page(1))));
    assertThat(failure(pages().read("map", 2))).isInstanceOf(NoSuchElementException.class);
    assertThat(failure(pages().read("map2", 1))).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void deletedPagesAreGoneAndAbsentOnesArePassedOver() {
    result(pages().write("map", List.of(page(1), page(2), page(3))));
    result(pages().delete("map", List.of(1L, 3L, 99L)));
    result(pages().delete("map", List.of()));
    assertThat(failure(pages().read("map", 1))).isInstanceOf(NoSuchElementException.class);
    assertThat(result(pages().read("map", 2))).isNotNull();
  }

  @Test
  void theNumbersAreThoseOfThePagesThatAreThere() {
    result(pages().write("map", List.of(page(1), page(2))));
    result(pages().write("map", List.of(page(Long.MAX_VALUE))));
    result(pages().write("map2", List.of(page(1), page(4))));
    result(pages().delete("map", List.of(2L)));
    assertThat(result(pages().numbers("map"))).containsExactlyInAnyOrder(1L, Long.MAX_VALUE);
    assertThat(result(pages().numbers("map2"))).containsExactlyInAnyOrder(1L, 4L);
    assertThat(result(pages().numbers("ma"))).isEmpty();
  }

  @Test
  void writingNothingCompletes() {
    result(pages().write("map", List.of()));
    assertThat(result(pages().numbers("map"))).isEmpty();
  }

  static PageBytes page(long number) {
    return page(number, new byte[] {(byte) number, 1, 2});
  }

  private static PageBytes page(long number, byte[] bytes) {
    return new PageBytes(number, bytes);
  }
}
