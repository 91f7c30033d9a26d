package io.atoll.journal;

import io.atoll.map.PageStore;
import io.atoll.store.EmbeddedStore;
import io.atoll.store.Keys;
import io.atoll.store.Sealed;
import io.atoll.store.StoreReader;
import io.atoll.store.Table;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.rocksdb.RocksDBException;

/** The pages of maps in the embedded store. */
public final class EmbeddedPageStore implements PageStore {
  private final EmbeddedStore store;

  public EmbeddedPageStore(EmbeddedStore store) {
    this.store = store;
  }

  @Override
  public CompletionStage<Void> write(String stream, List<PageBytes> pages) {
    return store.commit(
        new PutPages(
            stream,
            pages.stream().map(PageBytes::number).toList(),
            pages.stream().map(page -> sealed(stream, page)).toList()));
  }

  @Override
  public CompletionStage<byte[]> read(String stream, long number) {
    return store.read(reader -> page(reader, stream, number));
  }

  @Override
  public CompletionStage<Void> delete(String stream, Collection<Long> numbers) {
    return store.commit(new DeletePages(stream, List.copyOf(numbers)));
  }

  @Override
  public CompletionStage<Set<Long>> numbers(String stream) {
    return store
        .read(reader -> reader.keys(Table.META, PutPages.mark(stream)))
        .thenApply(keys -> keys.stream().map(Keys::number).collect(Collectors.toSet()));
  }

  private static byte[] sealed(String stream, PageBytes page) {
    return Sealed.seal(Keys.of(stream, page.number()), page.bytes());
  }

  private static byte[] page(StoreReader reader, String stream, long number)
      throws RocksDBException {
    byte[] key = Keys.of(stream, number);
    byte[] stored = reader.get(Table.PAGES, key);
    String what = "Page " + number + " of stream " + stream;
    if (stored == null) {
      throw new NoSuchElementException(what + " is not there.");
    }
    ByteBuffer body = Sealed.open(key, stored, what);
    byte[] bytes = new byte[body.remaining()];
    body.get(bytes);
    return bytes;
  }
}
