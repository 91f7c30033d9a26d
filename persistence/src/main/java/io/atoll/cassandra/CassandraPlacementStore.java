package io.atoll.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.atoll.tenant.Migration;
import io.atoll.tenant.MoveTarget;
import io.atoll.tenant.PlacementStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The placements of tenants, and their migrations, in Cassandra. */
public final class CassandraPlacementStore implements PlacementStore {
  private static final int MIGRATIONS = 1_000;
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();

  /** The clocks of two nodes may differ by less than that. */
  private static final long SKEW = 2 * MINUTE;

  /** Changes are kept longer than this. */
  private static final long LONGEST = 30 * MINUTE;

  private final CassandraSession session;
  private final LongSupplier epochMillis;
  private final PreparedStatement all;
  private final PreparedStatement get;
  private final PreparedStatement put;
  private final PreparedStatement putChange;
  private final PreparedStatement changes;
  private final PreparedStatement name;
  private final PreparedStatement begin;
  private final PreparedStatement decide;
  private final PreparedStatement abort;
  private final PreparedStatement end;
  private final PreparedStatement migrations;

  /** {@code epochMillis} is the calendar's clock. */
  public CassandraPlacementStore(CassandraSession session, LongSupplier epochMillis) {
    this.session = session;
    this.epochMillis = epochMillis;
    this.all = session.prepare("SELECT tenant, cell FROM placements");
    this.get = session.prepare("SELECT cell FROM placements WHERE tenant = ?");
    this.put = session.prepare("INSERT INTO placements (tenant, cell) VALUES (?, ?)");
    this.putChange =
        session.prepare("INSERT INTO placement_changes (minute, tenant, cell) VALUES (?, ?, ?)");
    this.changes = session.prepare("SELECT tenant, cell FROM placement_changes WHERE minute = ?");
    this.name =
        session.prepareConditional(
            "INSERT INTO migration_names (tenant, name, id) VALUES (?, ?, ?) IF NOT EXISTS");
    this.begin =
        session.prepareConditional(
            "INSERT INTO migrations (tenant, id, source, target, status, step, pause_ms, error,"
                + " started_at, completed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) IF NOT EXISTS");
    this.decide =
        session.prepareConditional(
            "UPDATE migrations SET step = 'STORE' WHERE tenant = ? AND id = ?"
                + " IF status = 'RUNNING' AND step = 'HOLD'");
    this.abort =
        session.prepareConditional(
            "UPDATE migrations SET status = 'ABORTED', completed_at = ? WHERE tenant = ? AND id = ?"
                + " IF status = 'RUNNING' AND step = 'HOLD'");
    this.end =
        session.prepareConditional(
            "UPDATE migrations SET status = ?, step = ?, pause_ms = ?, error = ?, completed_at = ?"
                + " WHERE tenant = ? AND id = ? IF status = 'RUNNING'");
    this.migrations =
        session.prepare("SELECT * FROM migrations WHERE tenant = ? LIMIT " + MIGRATIONS);
  }

  @Override
  public CompletionStage<Cells> cells() {
    Cells cells = new Cells(new HashMap<>(), epochMillis.getAsLong());
    return read(all.bind(), cells.byTenant()::put).thenApply(done -> cells);
  }

  @Override
  public CompletionStage<Optional<Changes>> changesSince(long asOf) {
    long now = epochMillis.getAsLong();
    if (now - asOf > LONGEST) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    Changes found = new Changes(new HashMap<>(), now);
    CompletionStage<Void> read = CompletableFuture.completedFuture(null);
    long last = minute(now + SKEW);
    for (long minute = minute(Math.min(asOf, now) - SKEW); minute <= last; minute++) {
      BoundStatement ofMinute = changes.bind(minute);
      read = read.thenCompose(before -> read(ofMinute, (tenant, cell) -> add(found, tenant, cell)));
    }
    return read.thenApply(done -> Optional.of(found));
  }

  private static void add(Changes changes, String tenant, String cell) {
    changes.cellsByTenant().computeIfAbsent(tenant, any -> new HashSet<>()).add(cell);
  }

  private CompletionStage<Void> read(BoundStatement statement, BiConsumer<String, String> found) {
    return session.forEach(
        statement,
        row -> {
          found.accept(Columns.text(row, "tenant"), Columns.text(row, "cell"));
          return true;
        });
  }

  private static long minute(long epochMillis) {
    return Math.floorDiv(epochMillis, MINUTE);
  }

  @Override
  public CompletionStage<Optional<String>> cellOf(String tenantId) {
    return session
        .execute(get.bind(tenantId))
        .thenApply(found -> Optional.ofNullable(found.one()).map(row -> Columns.text(row, "cell")));
  }

  /**
   * The change first: it only says where to look, so that one without a cell does no harm, and no
   * cell is without a change.
   */
  @Override
  public CompletionStage<Void> give(String tenantId, String cell) {
    long minute = minute(epochMillis.getAsLong());
    return session
        .execute(putChange.bind(minute, tenantId, cell))
        .thenCompose(done -> session.execute(put.bind(tenantId, cell)))
        .thenAccept(done -> {});
  }

  /** A condition that does not hold is answered with the row as it is. */
  @Override
  public CompletionStage<String> name(String tenantId, String name, String id) {
    return session
        .execute(this.name.bind(tenantId, name, id))
        .thenApply(result ->
            result.wasApplied() ? id : Columns.text(Objects.requireNonNull(result.one()), "id"));
  }

  @Override
  public CompletionStage<Boolean> begin(Migration migration) {
    return session
        .execute(
            begin.bind(
                migration.tenantId(),
                migration.id(),
                orEmpty(migration.from()),
                migration.to().text(),
                migration.status().name(),
                migration.step().name(),
                migration.pauseMs(),
                orEmpty(migration.error()),
                migration.startedAt(),
                migration.completedAt()))
        .thenApply(AsyncResultSet::wasApplied);
  }

  /** What is kept of a running migration stays at its first step until here. */
  @Override
  public CompletionStage<Boolean> decide(Migration migration) {
    return session
        .execute(decide.bind(migration.tenantId(), migration.id()))
        .thenApply(AsyncResultSet::wasApplied);
  }

  @Override
  public CompletionStage<Boolean> abort(Migration migration) {
    return session
        .execute(abort.bind(migration.completedAt(), migration.tenantId(), migration.id()))
        .thenApply(AsyncResultSet::wasApplied);
  }

  @Override
  public CompletionStage<Boolean> end(Migration migration) {
    return session
        .execute(
            end.bind(
                migration.status().name(),
                migration.step().name(),
                migration.pauseMs(),
                orEmpty(migration.error()),
                migration.completedAt(),
                migration.tenantId(),
                migration.id()))
        .thenApply(AsyncResultSet::wasApplied);
  }

  @Override
  public CompletionStage<List<Migration>> migrations(String tenantId) {
    List<Migration> found = new ArrayList<>();
    return session
        .forEach(migrations.bind(tenantId), row -> isWhole(row) ? found.add(migration(row)) : true)
        .thenApply(done -> found);
  }

  /** What was written when a migration ended outlives what was written when it began. */
  private static boolean isWhole(Row row) {
    return !row.isNull("target");
  }

  private static Migration migration(Row row) {
    return new Migration(
        Columns.text(row, "id"),
        Columns.text(row, "tenant"),
        orNull(Columns.text(row, "source")),
        MoveTarget.parse(Columns.text(row, "target")),
        Migration.Status.valueOf(Columns.text(row, "status")),
        Migration.Step.valueOf(Columns.text(row, "step")),
        row.getLong("pause_ms"),
        orNull(Columns.text(row, "error")),
        row.getLong("started_at"),
        row.getLong("completed_at"));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
