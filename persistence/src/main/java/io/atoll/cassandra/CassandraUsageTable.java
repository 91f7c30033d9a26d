package io.atoll.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.atoll.usage.UsageBucket;
import io.atoll.usage.UsageTable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The metered minutes in Cassandra, in partitions of 28 days of one tenant. */
public final class CassandraUsageTable implements UsageTable {
  private static final long BUCKET_MINUTES = 28L * 24 * 60;

  private final CassandraSession session;
  private final PreparedStatement put;
  private final PreparedStatement get;
  private final PreparedStatement delete;
  private final PreparedStatement putBucket;
  private final PreparedStatement buckets;
  private final PreparedStatement deleteBuckets;

  public CassandraUsageTable(CassandraSession session) {
    this.session = session;
    this.put =
        session.prepare(
            "INSERT INTO usage (tenant, incarnation, bucket, minute, read_ops, write_ops,"
                + " rejected_ops, storage_bytes, storage_delta, connection_millis,"
                + " peak_connections, bytes_in, bytes_out, messages_in, messages_out)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ?");
    this.get =
        session.prepare(
            "SELECT * FROM usage WHERE tenant = ? AND incarnation = ? AND bucket = ?"
                + " AND minute >= ? AND minute < ?");
    this.delete =
        session.prepare("DELETE FROM usage WHERE tenant = ? AND incarnation = ? AND bucket = ?");
    this.putBucket =
        session.prepare("INSERT INTO usage_buckets (tenant, incarnation, bucket) VALUES (?, ?, ?)");
    this.buckets =
        session.prepare(
            "SELECT bucket FROM usage_buckets WHERE tenant = ? AND incarnation = ?"
                + " AND bucket >= ? AND bucket <= ?");
    this.deleteBuckets =
        session.prepare("DELETE FROM usage_buckets WHERE tenant = ? AND incarnation = ?");
  }

  /** What another node is asked for later stays, even if a pause of this one lies in between. */
  @Override
  public CompletionStage<Void> upsert(
      String tenantId, long incarnation, List<UsageBucket> minutes) {
    long asked = session.nextTimestamp();
    List<UsageBucket> all = List.copyOf(minutes);
    List<BoundStatement> touched =
        all.stream()
            .map(minute -> bucket(minute.minute()))
            .distinct()
            .map(bucket -> putBucket.bind(tenantId, incarnation, bucket))
            .toList();
    return session
        .executeAll(touched)
        .thenCompose(marked ->
            session.executeAll(
                all.stream().map(minute -> put(tenantId, incarnation, minute, asked)).toList()));
  }

  @Override
  public CompletionStage<List<UsageBucket>> read(
      String tenantId, long incarnation, long fromMinute, long toMinute) {
    long from = Math.max(0, fromMinute);
    List<UsageBucket> minutes = new ArrayList<>();
    if (toMinute <= from) {
      return CompletableFuture.completedFuture(minutes);
    }
    return buckets(tenantId, incarnation, bucket(from), bucket(toMinute - 1))
        .thenCompose(found -> {
          CompletionStage<Void> read = CompletableFuture.completedFuture(null);
          for (long bucket : found) {
            BoundStatement part = get.bind(tenantId, incarnation, bucket, from, toMinute);
            read = read.thenCompose(done -> session.forEach(part, row -> minutes.add(minute(row))));
          }
          return read;
        })
        .thenApply(done -> minutes);
  }

  @Override
  public CompletionStage<Void> erase(String tenantId, long incarnation) {
    return buckets(tenantId, incarnation, 0, Long.MAX_VALUE)
        .thenCompose(found ->
            session.executeAll(
                found.stream().map(bucket -> delete.bind(tenantId, incarnation, bucket)).toList()))
        .thenCompose(gone -> session.execute(deleteBuckets.bind(tenantId, incarnation)))
        .thenAccept(done -> {});
  }

  private CompletionStage<List<Long>> buckets(String tenant, long incarnation, long from, long to) {
    List<Long> found = new ArrayList<>();
    return session
        .forEach(
            buckets.bind(tenant, incarnation, from, to), row -> found.add(row.getLong("bucket")))
        .thenApply(done -> found);
  }

  private static long bucket(long minute) {
    return minute / BUCKET_MINUTES;
  }

  private BoundStatement put(String tenant, long incarnation, UsageBucket minute, long asked) {
    return put.bind(
        tenant,
        incarnation,
        bucket(minute.minute()),
        minute.minute(),
        minute.readOps(),
        minute.writeOps(),
        minute.rejectedOps(),
        minute.storageBytes(),
        minute.storageDelta(),
        minute.connectionMillis(),
        minute.peakConnections(),
        minute.bytesIn(),
        minute.bytesOut(),
        minute.messagesIn(),
        minute.messagesOut(),
        asked);
  }

  private static UsageBucket minute(Row row) {
    return new UsageBucket(
        row.getLong("minute"),
        row.getLong("read_ops"),
        row.getLong("write_ops"),
        row.getLong("rejected_ops"),
        row.getLong("storage_bytes"),
        row.getLong("storage_delta"),
        row.getLong("connection_millis"),
        row.getLong("peak_connections"),
        row.getLong("bytes_in"),
        row.getLong("bytes_out"),
        row.getLong("messages_in"),
        row.getLong("messages_out"));
  }
}
