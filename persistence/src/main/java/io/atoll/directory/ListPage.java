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
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/**
 * Finds one page. Without a text to look for it walks the index of the filters in id order. With
 * one it takes the range of ids and the listings of that name together, if these are few; if they
 * are many, every so many ids is one, and the walk with a look at each listing finds them.
 */
record ListPage(Query query, String after) implements Read<Page> {
  /** Index keys that are looked at for one page. */
  private static final int MOST_KEYS = 10_000;

  /** Listings that are read for one page and not shown. */
  private static final int MOST_LISTINGS = 1_000;

  @Override
  public Page from(StoreReader reader) throws RocksDBException {
    String text = query.q();
    if (text == null || text.isEmpty()) {
      return page(reader, walk(reader, "", MOST_KEYS, id -> true));
    }
    Optional<NavigableSet<String>> named = named(reader, text);
    if (named.isEmpty()) {
      return page(
          reader, walk(reader, "", MOST_LISTINGS, id -> beginsWith(listing(reader, id), text)));
    }
    Found walked = walk(reader, text, MOST_KEYS, id -> true);
    return page(reader, together(reader, walked, named.get(), text));
  }

  /** The ids after the cursor that begin so and pass; one more than the page holds, if there is. */
  private Found walk(StoreReader reader, String beginning, int most, Test test)
      throws RocksDBException {
    byte[] prefix = Indexes.prefix(query.status(), query.plan(), query.tier());
    byte[] range = Indexes.join(prefix, beginning);
    byte[] first = after.compareTo(beginning) < 0 ? range : Indexes.join(prefix, after + "\0");
    List<String> ids = new ArrayList<>();
    Steps steps = new Steps(most);
    reader.scan(
        Table.DIRECTORY,
        first,
        Keys.after(range),
        (key, value) -> {
          String id = new String(key, prefix.length, key.length - prefix.length, UTF_8);
          if (query.include().test(id) && test.passes(id)) {
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
    Steps steps = new Steps(MOST_KEYS);
    byte[] names = Indexes.names(text);
    reader.scan(
        Table.DIRECTORY,
        names,
        Keys.after(names),
        (key, value) -> {
          String id = new String(value, UTF_8);
          if (id.compareTo(after) > 0 && query.include().test(id)) {
            ids.add(id);
          }
          return steps.more(id);
        });
    return steps.stoppedAt == null ? Optional.of(ids) : Optional.empty();
  }

  /** The first of both that pass, in order; those that were walked to have passed. */
  private Found together(StoreReader reader, Found walked, NavigableSet<String> named, String text)
      throws RocksDBException {
    Set<String> passed = new HashSet<>(walked.ids);
    String end = walked.stoppedAt;
    TreeSet<String> candidates = new TreeSet<>(end == null ? named : named.headSet(end, true));
    candidates.addAll(passed);
    List<String> ids = new ArrayList<>();
    Steps steps = new Steps(MOST_LISTINGS);
    for (String id : candidates) {
      if (passed.contains(id) || passes(listing(reader, id), text)) {
        ids.add(id);
      }
      if (ids.size() > query.limit()) {
        return new Found(ids, null);
      }
      if (!passed.contains(id) && !steps.more(id)) {
        return new Found(ids, id);
      }
    }
    return new Found(ids, end);
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

  private boolean passes(Listing listing, String text) {
    return (query.status() == null || query.status().equals(listing.status()))
        && (query.plan() == null || query.plan().equals(listing.plan()))
        && (query.tier() == null || query.tier().equals(listing.tier()))
        && beginsWith(listing, text);
  }

  private static boolean beginsWith(Listing listing, String text) {
    return listing.id().startsWith(text)
        || Indexes.lower(listing.name()).startsWith(Indexes.lower(text));
  }

  private static Listing listing(StoreReader reader, String id) throws RocksDBException {
    return EmbeddedDirectory.stored(reader, id)
        .flatMap(ListingRecords.Stored::listing)
        .orElseThrow(
            () -> new DamagedRecordException("The directory's index has no entry of " + id + "."));
  }

  /** Ids in order; {@code stoppedAt} is the last one looked at when there may be more. */
  private record Found(List<String> ids, @Nullable String stoppedAt) {}

  /** A look at one id. */
  @FunctionalInterface
  private interface Test {
    boolean passes(String id) throws RocksDBException;
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
