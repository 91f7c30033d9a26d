package io.atoll.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.atoll.formation.Formation;
import io.atoll.formation.FormationStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/** The nodes that are alive in Cassandra: one partition, whose rows end by themselves. */
public final class CassandraFormationStore implements FormationStore {
  private static final String PART = "atoll";
  private static final String FORM = "UPDATE nodes SET formed = ? WHERE part = ? IF formed = ";

  private final CassandraSession session;
  private final PreparedStatement all;
  private final PreparedStatement first;
  private final PreparedStatement next;
  private final PreparedStatement say;
  private final PreparedStatement forget;

  public CassandraFormationStore(CassandraSession session) {
    this.session = session;
    this.all = session.prepare("SELECT node, number, formed FROM nodes WHERE part = ?");
    this.first = session.prepareConditional(FORM + "null");
    this.next = session.prepareConditional(FORM + "?");
    this.say =
        session.prepare("INSERT INTO nodes (part, node, number) VALUES (?, ?, ?) USING TTL ?");
    this.forget = session.prepare("DELETE FROM nodes WHERE part = ? AND node = ?");
  }

  /** A partition without rows has one all the same, without a node, once a cluster was formed. */
  @Override
  public CompletionStage<Formation> read() {
    Map<String, Long> nodes = new HashMap<>();
    AtomicLong formed = new AtomicLong();
    return session
        .forEach(
            all.bind(PART),
            row -> {
              formed.set(row.getLong("formed"));
              if (!row.isNull("node")) {
                nodes.put(Columns.text(row, "node"), row.getLong("number"));
              }
              return true;
            })
        .thenApply(done -> new Formation(formed.get(), nodes));
  }

  @Override
  public CompletionStage<Boolean> form(long last) {
    BoundStatement statement = last == 0 ? first.bind(1L, PART) : next.bind(last + 1, PART, last);
    return session.execute(statement).thenApply(AsyncResultSet::wasApplied);
  }

  @Override
  public CompletionStage<Void> say(String node, long number, Duration life) {
    return session
        .execute(say.bind(PART, node, number, Math.toIntExact(life.toSeconds())))
        .thenAccept(done -> {});
  }

  @Override
  public CompletionStage<Void> forget(String node) {
    return session.execute(forget.bind(PART, node)).thenAccept(done -> {});
  }
}
