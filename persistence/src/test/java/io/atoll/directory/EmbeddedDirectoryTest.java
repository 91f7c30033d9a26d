package io.atoll.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.store.EmbeddedStore;
import io.atoll.store.Stores;
import io.atoll.tenant.Directory;
import io.atoll.tenant.Directory.Listing;
import io.atoll.tenant.Directory.Page;
import io.atoll.tenant.Directory.Query;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDirectoryTest extends DirectoryContract {
  @TempDir Path folder;
  private EmbeddedStore store;
  private EmbeddedDirectory directory;

  @BeforeEach
  void open() {
    store = Stores.open(folder, "fsync = off");
    directory = new EmbeddedDirectory(store);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  Directory directory() {
    return directory;
  }

  @Test
  void aNameThatVeryManyHaveIsFoundPageByPage() {
    List<CompletionStage<Void>> puts = new ArrayList<>();
    for (int i = 0; i < 30_000; i++) {
      String name = i % 2 == 0 ? "Shared " + i : "Other";
      puts.add(directory.upsert(listing("t%05d".formatted(i), name)));
      if (puts.size() == 5000) {
        puts.forEach(put -> Stores.result(put));
        puts.clear();
      }
    }
    int found = 0;
    String cursor = null;
    do {
      Page page =
          Stores.result(
              directory.list(new Query("ACTIVE", null, null, "shared", id -> true, 1000, cursor)));
      assertThat(page.items()).allMatch(item -> item.name().startsWith("Shared"));
      found += page.items().size();
      cursor = page.nextCursor();
    } while (cursor != null);
    assertThat(found).isEqualTo(15_000);
  }

  private static Listing listing(String id, String name) {
    return new Listing(id, name, "pro", "A", "ACTIVE", 1, new byte[10]);
  }
}
