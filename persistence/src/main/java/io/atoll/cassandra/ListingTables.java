package io.atoll.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.atoll.tenant.Directory.Listing;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The directory's tables. The rows of the indexes are hints: they are written before the listing
 * that they lead to, and what they lead to decides. Everything is written with the listing's
 * version as its timestamp, so that it does not matter in which order writes arrive. Thread-safe.
 */
final class ListingTables {
  /** Partitions of one index value; a page asks all of them. */
  static final int BUCKETS = 8;

  private static final int LONGEST_NAME = 512;
  private static final int SETS_OF_FILTERS = 8;
  private static final String LAST = Character.toString(Character.MAX_CODE_POINT);

  private final CassandraSession session;
  private final PreparedStatement put;
  private final PreparedStatement remove;
  private final PreparedStatement get;
  private final PreparedStatement putFilter;
  private final PreparedStatement deleteFilter;
  private final PreparedStatement byFilter;
  private final PreparedStatement putName;
  private final PreparedStatement deleteName;
  private final PreparedStatement byName;

  ListingTables(CassandraSession session) {
    this.session = session;
    this.put =
        session.prepare(
            "INSERT INTO listings (id, listed, name, plan, tier, status, version, document)"
                + " VALUES (?, true, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ?");
    this.remove =
        session.prepare("UPDATE listings USING TIMESTAMP ? SET listed = false WHERE id = ?");
    this.get = session.prepare("SELECT * FROM listings WHERE id = ?");
    this.putFilter =
        session.prepare(
            "INSERT INTO listings_by_filter (status, plan, tier, bucket, id, name)"
                + " VALUES (?, ?, ?, ?, ?, ?) USING TIMESTAMP ?");
    this.deleteFilter =
        session.prepare(
            "DELETE FROM listings_by_filter USING TIMESTAMP ?"
                + " WHERE status = ? AND plan = ? AND tier = ? AND bucket = ? AND id = ?");
    this.byFilter =
        session.prepare(
            "SELECT id, name FROM listings_by_filter"
                + " WHERE status = ? AND plan = ? AND tier = ? AND bucket = ? AND id > ?"
                + " LIMIT ?");
    this.putName =
        session.prepare(
            "INSERT INTO listings_by_name (initial, bucket, name, id)"
                + " VALUES (?, ?, ?, ?) USING TIMESTAMP ?");
    this.deleteName =
        session.prepare(
            "DELETE FROM listings_by_name USING TIMESTAMP ?"
                + " WHERE initial = ? AND bucket = ? AND name = ? AND id = ?");
    this.byName =
        session.prepare(
            "SELECT id FROM listings_by_name"
                + " WHERE initial = ? AND bucket = ? AND name >= ? AND name < ? LIMIT ?");
  }

  /** The entry as it is stored: its version, and the listing unless it was removed. */
  record Stored(long version, Optional<Listing> listing) {}

  CompletionStage<Optional<Stored>> get(String id) {
    return session.execute(get.bind(id)).thenApply(found -> stored(found.one()));
  }

  /** Puts the listing in, with its index rows first, and takes out those of the one before. */
  CompletionStage<Void> replace(Optional<Listing> before, Listing listing) {
    long timestamp = 2 * listing.version();
    BoundStatement entry =
        put.bind(
            listing.id(),
            listing.name(),
            listing.plan(),
            listing.tier(),
            listing.status(),
            listing.version(),
            ByteBuffer.wrap(listing.document()),
            timestamp);
    return session
        .executeAll(rows(listing, timestamp))
        .thenCompose(indexed -> session.execute(entry))
        .thenCompose(stored -> session.executeAll(before.map(this::deletions).orElse(List.of())));
  }

  CompletionStage<Void> remove(Listing listing) {
    return session
        .execute(remove.bind(2 * listing.version() + 1, listing.id()))
        .thenCompose(removed -> session.executeAll(deletions(listing)));
  }

  /** Rows of one bucket in id order: what these filters let through after this id. */
  CompletionStage<Void> byFilter(
      Filters filters, int bucket, String after, int most, Predicate<Row> receiver) {
    return session.forEach(
        byFilter.bind(filters.status(), filters.plan(), filters.tier(), bucket, after, most),
        receiver);
  }

  /** Rows of one bucket whose names begin so. */
  CompletionStage<Void> byName(String beginning, int bucket, int most, Predicate<Row> receiver) {
    String name = name(beginning);
    return session.forEach(byName.bind(initial(name), bucket, name, name + LAST, most), receiver);
  }

  /** A name, or the beginning of one, as it is compared. */
  static String name(String text) {
    String name = text.toLowerCase(Locale.ROOT);
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
  }

  private List<BoundStatement> rows(Listing listing, long timestamp) {
    String name = name(listing.name());
    int bucket = bucket(listing.id());
    List<BoundStatement> rows = new ArrayList<>();
    for (Filters set : sets(listing)) {
      rows.add(
          putFilter.bind(
              set.status(), set.plan(), set.tier(), bucket, listing.id(), name, timestamp));
    }
    if (!name.isEmpty()) {
      rows.add(putName.bind(initial(name), bucket, name, listing.id(), timestamp));
    }
    return rows;
  }

  /** Takes out rows of this version and before; those of a later one stay. */
  private List<BoundStatement> deletions(Listing listing) {
    long timestamp = 2 * listing.version() + 1;
    String name = name(listing.name());
    int bucket = bucket(listing.id());
    List<BoundStatement> deletions = new ArrayList<>();
    for (Filters set : sets(listing)) {
      deletions.add(
          deleteFilter.bind(timestamp, set.status(), set.plan(), set.tier(), bucket, listing.id()));
    }
    if (!name.isEmpty()) {
      deletions.add(deleteName.bind(timestamp, initial(name), bucket, name, listing.id()));
    }
    return deletions;
  }

  private static List<Filters> sets(Listing listing) {
    List<Filters> sets = new ArrayList<>();
    for (int set = 0; set < SETS_OF_FILTERS; set++) {
      sets.add(
          new Filters(
              (set & 1) == 0 ? "" : listing.status(),
              (set & 2) == 0 ? "" : listing.plan(),
              (set & 4) == 0 ? "" : listing.tier()));
    }
    return sets;
  }

  private static int bucket(String id) {
    return Math.floorMod(id.hashCode(), BUCKETS);
  }

  private static String initial(String name) {
    return Character.toString(name.codePointAt(0));
  }

  private static Optional<Stored> stored(@Nullable Row row) {
    if (row == null) {
      return Optional.empty();
    }
    Listing listing =
        new Listing(
            Columns.text(row, "id"),
            Columns.text(row, "name"),
            Columns.text(row, "plan"),
            Columns.text(row, "tier"),
            Columns.text(row, "status"),
            row.getLong("version"),
            Columns.bytes(row, "document"));
    return Optional.of(
        new Stored(
            listing.version(), row.getBoolean("listed") ? Optional.of(listing) : Optional.empty()));
  }

  /** What an index row stands for; an empty text is no filter. */
  record Filters(String status, String plan, String tier) {}
}
