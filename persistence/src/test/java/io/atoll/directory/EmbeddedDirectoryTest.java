package io.atoll.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atoll.store.DamagedRecordException;
import io.atoll.store.EmbeddedStore;
import io.atoll.store.StoreReader;
import io.atoll.store.Stores;
import io.atoll.store.Table;
import io.atoll.tenant.Directory;
import io.atoll.tenant.Directory.Listing;
import io.atoll.tenant.Directory.Page;
import io.atoll.tenant.Directory.Query;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

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
  protected Directory directory() {
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

  @Test
  void ofARemovedTenantOnlyTheMarkOfItsRemovalIsLeft() {
    Stores.result(directory.upsert(listing("acme", "Ácme")));
    Stores.result(
        directory.upsert(new Listing("acme", "B", "free", "C", "SUSPENDED", 2, new byte[1])));
    Stores.result(directory.remove("acme", Long.MAX_VALUE));
    List<byte[]> keys = Stores.result(store.read(EmbeddedDirectoryTest::keys));
    assertThat(keys).containsExactly(Indexes.entry("acme"));
  }

  @Test
  void aDamagedIndexRowIsFoundOut() {
    byte[] whole = NamedRow.of(listing("acme", "Acme")).stored();
    byte[] longer = Arrays.copyOf(whole, whole.length + 1);
    byte[] shorter = Arrays.copyOf(whole, whole.length - 1);
    for (byte[] damaged : List.of(longer, shorter, new byte[0])) {
      assertThatThrownBy(() -> NamedRow.open(damaged)).isInstanceOf(DamagedRecordException.class);
    }
    assertThat(NamedRow.open(whole)).isEqualTo(new NamedRow("acme", "ACTIVE", "pro", "A"));
  }

  private static Listing listing(String id, String name) {
    return new Listing(id, name, "pro", "A", "ACTIVE", 1, new byte[10]);
  }

  private static List<byte[]> keys(StoreReader reader) throws RocksDBException {
    List<byte[]> keys = new ArrayList<>();
    reader.scan(
        Table.DIRECTORY, new byte[0], new byte[] {(byte) 0xFF}, (key, value) -> keys.add(key));
    return keys;
  }
}
