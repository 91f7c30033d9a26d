package io.atoll.directory;

import io.atoll.store.EmbeddedStore;
import io.atoll.store.Stores;
import io.atoll.usage.UsageTable;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedUsageTableTest extends UsageTableContract {
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
  protected UsageTable table() {
    return new EmbeddedUsageTable(store);
  }
}
