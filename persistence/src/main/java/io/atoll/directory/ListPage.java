package io.atoll.directory;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.atoll.store.DamagedRecordException;
import io.atoll.store.Keys;
import io.atoll.store.Read;
import io.atoll.store.StoreReader;
import io.atoll.store.Table;
import io.atoll.tenant.Directory.Listing;
import io.atoll.tenant.Directory.Page;
import io.atoll.tenant.Directory.Query;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/**
 * Finds one page. Without a text to look for it walks the index of the filters in id order. With
 * one it takes the range of ids and the listings of that name together, if these are few; if they
 * are many, every so many ids is one, and the walk with a look at each name finds them. Only what
 * the page shows is read whole.
 */
record ListPage(Query query, String after) implements Read<Page> {
  /** Index keys that a walk looks at for one page. */
  private static final int MOST_KEYS = 10_000;

  /** Listings of one name that are put into order for one page. */
  private static final int MOST_NAMED = 4_000;

  @Override
  public Page from(StoreReader reader) throws RocksDBException {
    String text = query.q();
    if (text == null || text.isEmpty()) {
      return page(reader, walk(reader, "", (id, name) -> true));
    }
    Optional<NavigableSet<String>> named = named(reader, text);
    if (named.isPresent()) {
      return page(reader, together(walk(reader, text, (id, name) -> true), named.get()));
    }
    byte[] beginning = Indexes.name(text);
    return page(
        reader, walk(reader, "", (id, name) -> id.startsWith(text) || startsWith(name, beginning)));
  }

  private static boolean startsWith(byte[] name, byte[] beginning) {
    return name.length >= beginning.length
        && Arrays.mismatch(name, 0, beginning.length, beginning, 0, beginning.length) < 0;
  }

  /** The ids after the cursor that begin so and pass; one more than the page holds, if there is. */
  private Found walk(StoreReader reader, String beginning, Test test) throws RocksDBException {
    byte[] prefix = Indexes.prefix(query.status(), query.plan(), query.tier());
    byte[] range = Indexes.join(prefix, beginning);
    byte[] first = after.compareTo(beginning) < 0 ? range : Indexes.join(prefix, after + "\0");
    List<String> ids = new ArrayList<>();
    Steps steps = new Steps(MOST_KEYS);
    reader.scan(
        Table.DIRECTORY,
        first,
        Keys.after(range),
        (key, name) -> {
          String id = new String(key, prefix.length, key.length - prefix.length, UTF_8);
          if (test.passes(id, name) && query.include().test(id)) {
            ids.add(id);
          }
          return ids.size() <= query.limit() && steps.more(id);
        });
    return new Found(ids, ids.size() > query.limit() ? null : steps.stoppedAt);
  }

  /** The ids after the cursor of all listings with such a name; nothing if they are too many. */
  private Optional<NavigableSet<String>> named(StoreReader reader, String text)
      throws RocksDBException {
    NavigableSet<String> ids = new TreeSet<>();
    Steps steps = new Steps(MOST_NAMED);
    byte[] names = Indexes.names(text);
    reader.scan(
        Table.DIRECTORY,
        names,
        Keys.after(names),
        (key, stored) -> {
          NamedRow row = NamedRow.open(stored);
          if (row.id().compareTo(after) > 0
              && row.passes(query)
              && query.include().test(row.id())) {
            ids.add(row.id());
          }
          return steps.more(row.id());
        });
    return steps.stoppedAt == null ? Optional.of(ids) : Optional.empty();
  }

  /** The first of both, in order. */
  private Found together(Found walked, NavigableSet<String> named) {
    String end = walked.stoppedAt;
    NavigableSet<String> ids = new TreeSet<>(end == null ? named : named.headSet(end, true));
    ids.addAll(walked.ids);
    return new Found(ids.stream().limit(query.limit() + 1L).toList(), end);
  }

  private Page page(StoreReader reader, Found found) throws RocksDBException {
    int size = Math.min(found.ids.size(), query.limit());
    List<Listing> items = new ArrayList<>(size);
    for (String id : found.ids.subList(0, size)) {
      items.add(listing(reader, id));
    }
    String last = found.ids.size() > size ? found.ids.get(size - 1) : found.stoppedAt;
    return new Page(items, last == null ? null : Cursor.of(last));
  }

  private static Listing listing(StoreReader reader, String id) throws RocksDBException {
    return EmbeddedDirectory.stored(reader, id)
        .flatMap(ListingRecords.Stored::listing)
        .orElseThrow(
            () -> new DamagedRecordException("The directory's index has no entry of " + id + "."));
  }

  /** Ids in order; {@code stoppedAt} is the last one looked at when there may be more. */
  private record Found(List<String> ids, @Nullable String stoppedAt) {}

  /** A look at one index key: whose it is, and the name as it is compared. */
  @FunctionalInterface
  private interface Test {
    boolean passes(String id, byte[] name);
  }

  private static final class Steps {
    private int left;
    private @Nullable String stoppedAt;

    Steps(int most) {
      this.left = most;
    }

    boolean more(String at) {
      left--;
      stoppedAt = left == 0 ? at : null;
      return left > 0;
    }
  }
}
