package io.atoll.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.atoll.plan.Plan;
import io.atoll.plan.PlanStore;
import io.atoll.tenant.PlanDocument;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/** The stored plans in Cassandra: one partition, whose last revision every change has to know. */
public final class CassandraPlanStore implements PlanStore {
  private static final String PART = "atoll";
  private static final String UPDATE =
      "UPDATE plans SET newest = ?, revision = ?, definition = ? WHERE part = ? AND name = ?"
          + " IF newest = ";

  private final CassandraSession session;
  private final PreparedStatement revision;
  private final PreparedStatement all;
  private final PreparedStatement first;
  private final PreparedStatement next;

  public CassandraPlanStore(CassandraSession session) {
    this.session = session;
    this.revision = session.prepare("SELECT newest FROM plans WHERE part = ? LIMIT 1");
    this.all =
        session.prepare("SELECT name, revision, definition, newest FROM plans WHERE part = ?");
    this.first = session.prepareConditional(UPDATE + "null");
    this.next = session.prepareConditional(UPDATE + "?");
  }

  @Override
  public CompletionStage<Long> revision() {
    return session
        .execute(revision.bind(PART))
        .thenApply(found -> {
          Row row = found.one();
          return row == null ? 0 : row.getLong("newest");
        });
  }

  @Override
  public CompletionStage<Snapshot> read() {
    List<Stored> plans = new ArrayList<>();
    AtomicLong newest = new AtomicLong();
    return session
        .forEach(
            all.bind(PART),
            row -> {
              newest.accumulateAndGet(row.getLong("newest"), Math::max);
              return plans.add(stored(row));
            })
        .thenApply(done -> new Snapshot(newest.get(), plans));
  }

  @Override
  public CompletionStage<Boolean> keep(Plan plan, long seen) {
    ByteBuffer definition = ByteBuffer.wrap(PlanDocument.encode(plan));
    long now = seen + 1;
    BoundStatement statement =
        seen == 0
            ? first.bind(now, now, definition, PART, plan.name())
            : next.bind(now, now, definition, PART, plan.name(), seen);
    return session.execute(statement).thenApply(AsyncResultSet::wasApplied);
  }

  private static Stored stored(Row row) {
    return new Stored(
        PlanDocument.decode(Columns.bytes(row, "definition")), row.getLong("revision"));
  }
}
