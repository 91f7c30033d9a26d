package io.atoll.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import io.atoll.cassandra.ListingTables.Filters;
import io.atoll.directory.Cursor;
import io.atoll.tenant.Directory.Listing;
import io.atoll.tenant.Directory.Page;
import io.atoll.tenant.Directory.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds one page. The buckets of an index are walked together in rounds: of each so many rows, and
 * what all have given up to the same id is looked at. With a text the listings of such a name are
 * taken into account too, if these are few; if they are many, a look at each name finds them.
 */
final class PageSearch {
  /** Index rows that the walk of one page looks at, before it takes no further round. */
  private static final int MOST_ROWS = 10_000;

  /** Rows of one name, in one bucket, that are put into order for one page. */
  private static final int MOST_NAMED = 500;

  private static final int LEAST_ROUND = 32;
  private static final int LARGEST_ROUND = 1000;

  private final ListingTables tables;
  private final Query query;
  private final String after;
  private final Filters filters;

  PageSearch(ListingTables tables, Query query, String after) {
    this.tables = tables;
    this.query = query;
    this.after = after;
    this.filters =
        new Filters(
            Objects.requireNonNullElse(query.status(), ""),
            Objects.requireNonNullElse(query.plan(), ""),
            Objects.requireNonNullElse(query.tier(), ""));
  }

  CompletionStage<Page> page() {
    String text = query.q();
    if (text == null || text.isEmpty()) {
      return walk((id, name) -> true).thenCompose(this::shown);
    }
    String beginning = ListingTables.name(text);
    return named(text)
        .thenCompose(named ->
            walk((id, name) ->
                id.startsWith(text)
                    || (named.isPresent() ? named.get().contains(id) : name.startsWith(beginning))))
        .thenCompose(this::shown);
  }

  /** The ids of all listings with such a name; nothing if they are too many. */
  private CompletionStage<Optional<NavigableSet<String>>> named(String text) {
    List<List<String>> buckets = new ArrayList<>();
    List<CompletableFuture<Void>> reads = new ArrayList<>();
    for (int bucket = 0; bucket < ListingTables.BUCKETS; bucket++) {
      List<String> ids = new ArrayList<>();
      buckets.add(ids);
      reads.add(
          tables
              .byName(text, bucket, MOST_NAMED, row -> ids.add(Columns.text(row, "id")))
              .toCompletableFuture());
    }
    return all(reads)
        .thenApply(done -> {
          NavigableSet<String> ids = new TreeSet<>();
          buckets.forEach(ids::addAll);
          return buckets.stream().anyMatch(bucket -> bucket.size() == MOST_NAMED)
              ? Optional.empty()
              : Optional.of(ids);
        });
  }

  private CompletionStage<Found> walk(BiPredicate<String, String> test) {
    int perBucket = Math.max(LEAST_ROUND, 2 * query.limit() / ListingTables.BUCKETS);
    return round(test, new ArrayList<>(), after, Math.min(perBucket, LARGEST_ROUND), 0);
  }

  private CompletionStage<Found> round(
      BiPredicate<String, String> test, List<String> ids, String from, int rows, int looked) {
    return look(from, rows)
        .thenCompose(seen -> {
          seen.names()
              .forEach((id, name) -> {
                if (ids.size() <= query.limit()
                    && test.test(id, name)
                    && query.include().test(id)) {
                  ids.add(id);
                }
              });
          String end = seen.end();
          int all = looked + seen.names().size();
          if (ids.size() > query.limit() || end == null) {
            return CompletableFuture.completedFuture(new Found(ids, null));
          }
          return all >= MOST_ROWS
              ? CompletableFuture.completedFuture(new Found(ids, end))
              : round(test, ids, end, Math.min(2 * rows, LARGEST_ROUND), all);
        });
  }

  /** Reads so many rows of each bucket; only up to the last id of the shortest all are known. */
  private CompletionStage<Seen> look(String from, int rows) {
    List<TreeMap<String, String>> buckets = new ArrayList<>();
    List<CompletableFuture<Void>> reads = new ArrayList<>();
    for (int bucket = 0; bucket < ListingTables.BUCKETS; bucket++) {
      TreeMap<String, String> names = new TreeMap<>();
      buckets.add(names);
      reads.add(
          tables
              .byFilter(filters, bucket, from, rows, row -> add(names, row))
              .toCompletableFuture());
    }
    return all(reads).thenApply(done -> Seen.of(buckets, rows));
  }

  private static boolean add(Map<String, String> names, Row row) {
    names.put(Columns.text(row, "id"), Columns.text(row, "name"));
    return true;
  }

  /** Reads the listings themselves, and leaves those out that the index led to in vain. */
  private CompletionStage<Page> shown(Found found) {
    int size = Math.min(found.ids().size(), query.limit());
    List<CompletableFuture<Optional<ListingTables.Stored>>> reads = new ArrayList<>();
    for (String id : found.ids().subList(0, size)) {
      reads.add(tables.get(id).toCompletableFuture());
    }
    String last = found.ids().size() > size ? found.ids().get(size - 1) : found.end();
    return all(reads)
        .thenApply(done ->
            new Page(
                reads.stream()
                    .flatMap(read -> read.join().stream())
                    .flatMap(stored -> stored.listing().stream())
                    .filter(this::passes)
                    .toList(),
                last == null ? null : Cursor.of(last)));
  }

  private boolean passes(Listing listing) {
    String text = Objects.requireNonNullElse(query.q(), "");
    return passes(query.status(), listing.status())
        && passes(query.plan(), listing.plan())
        && passes(query.tier(), listing.tier())
        && (listing.id().startsWith(text)
            || ListingTables.name(listing.name()).startsWith(ListingTables.name(text)));
  }

  private static boolean passes(@Nullable String wanted, String actual) {
    return wanted == null || wanted.equals(actual);
  }

  private static CompletableFuture<Void> all(List<? extends CompletableFuture<?>> reads) {
    return CompletableFuture.allOf(reads.toArray(CompletableFuture[]::new));
  }

  /** Ids in order; {@code end} is the last one looked at when there may be more. */
  private record Found(List<String> ids, @Nullable String end) {}

  /** Ids with their names, in order; {@code end} is the last one when there may be more. */
  private record Seen(NavigableMap<String, String> names, @Nullable String end) {
    static Seen of(List<TreeMap<String, String>> buckets, int rows) {
      NavigableMap<String, String> names = new TreeMap<>();
      String end = null;
      for (TreeMap<String, String> bucket : buckets) {
        names.putAll(bucket);
        if (bucket.size() == rows && (end == null || bucket.lastKey().compareTo(end) < 0)) {
          end = bucket.lastKey();
        }
      }
      return new Seen(end == null ? names : names.headMap(end, true), end);
    }
  }
}
