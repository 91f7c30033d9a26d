package io.atoll.journal;

import static io.atoll.store.Stores.failure;
import static io.atoll.store.Stores.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.map.PageStore;
import io.atoll.store.DamagedRecordException;
import io.atoll.store.EmbeddedStore;
import io.atoll.store.Keys;
import io.atoll.store.Stores;
import io.atoll.store.Table;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPageStoreTest extends PageStoreContract {
  @TempDir Path folder;
  private EmbeddedStore store;

  @BeforeEach
  void open() {
    store = Stores.open(folder);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  protected PageStore pages() {
    return new EmbeddedPageStore(store);
  }

  @Test
  void pagesAreThereAfterTheStoreWasOpenedAgain() {
    result(pages().write("map", List.of(page(1))));
    store.close();
    open();
    assertThat(result(pages().read("map", 1))).isEqualTo(page(1).bytes());
  }

  @Test
  void aDamagedPageIsNeverHandedOut() {
    result(pages().write("map", List.of(page(1), page(2))));
    byte[] one = Keys.of("map", 1);
    byte[] two = result(store.read(reader -> reader.get(Table.PAGES, Keys.of("map", 2))));
    result(store.commit(new PutRow(Table.PAGES, one, two)));
    assertThat(failure(pages().read("map", 1)))
        .isInstanceOf(DamagedRecordException.class)
        .hasMessageContaining("Page 1 of stream map is damaged");
    assertThat(result(pages().read("map", 2))).isEqualTo(page(2).bytes());
  }
}
