package io.atoll.cassandra;

import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.typesafe.config.ConfigFactory;
import io.atoll.faults.check.JournalRecord;
import io.atoll.store.Keys;
import io.atoll.store.Sealed;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;

/**
 * The streams of a keyspace as they lie in Cassandra, read by no node; and a way to damage them.
 */
public final class StoredStreams implements AutoCloseable {
  private static final long BOUND_SECONDS = 120;
  private static final String ANOTHER_WRITER = "00000000-0000-4000-8000-000000000000";

  private final CassandraSession session;
  private final EventStreams streams;
  private final StreamHeads heads;

  private StoredStreams(CassandraSession session) {
    this.session = session;
    this.streams = new EventStreams(session);
    this.heads = new StreamHeads(session);
  }

  /** Those of the keyspace, whose tables are there, in the Cassandra of the tests. */
  public static StoredStreams open(String keyspace) {
    var config =
        ConfigFactory.parseString(
                """
                atoll.cassandra {
                  contact-points = ["%s"]
                  keyspace = %s
                  request-timeout = 60s
                  silence = 60s
                  migrate = off
                }
                """
                    .formatted(CassandraServer.shared().contactPoint(), keyspace))
            .withFallback(ConfigFactory.load());
    return new StoredStreams(
        CassandraSession.open(CassandraSettings.from(config), ForkJoinPool.commonPool()));
  }

  /** The streams of this tenant, in the order of their names. */
  public List<String> of(String tenant) {
    TreeSet<String> names = new TreeSet<>();
    await(
        session.forEach(
            SimpleStatement.newInstance("SELECT DISTINCT stream, bucket FROM events"),
            row -> {
              names.add(Columns.text(row, "stream"));
              return true;
            }));
    return names.stream().filter(name -> List.of(name.split("\\|")).get(1).equals(tenant)).toList();
  }

  /** What the stream keeps, as it is stored. */
  public Kept read(String stream) {
    long first = await(heads.head(stream)).deletedTo() + 1;
    List<JournalRecord> records = new ArrayList<>();
    await(
        streams.read(
            stream,
            first,
            row -> {
              records.addAll(records(stream, row.getLong("last"), Columns.bytes(row, "events")));
              return true;
            }));
    return new Kept(first, records);
  }

  /** How many of the stream's events hold this text. */
  public long holding(String stream, String text) {
    List<byte[]> all = new ArrayList<>();
    await(streams.read(stream, 1, row -> all.addAll(events(Columns.bytes(row, "events")))));
    return all.stream()
        .filter(event -> new String(event, StandardCharsets.ISO_8859_1).contains(text))
        .count();
  }

  /** The number from which on events are kept, and those that are there. */
  public record Kept(long first, List<JournalRecord> records) {}

  /** Takes what was last appended away, as if it had never been stored. */
  public void dropLast(String stream) {
    List<Long> rows = rows(stream);
    long before = rows.size() > 1 ? rows.get(rows.size() - 2) : 0;
    drop(stream, rows.getLast());
    run("UPDATE events SET highest = %d WHERE stream = '%s' AND bucket = 0", before, stream);
  }

  /** Takes what was appended first away, and nothing else. */
  public void dropFirst(String stream) {
    drop(stream, rows(stream).getFirst());
  }

  /** Adds an event of another writer and then one of the writer before it. */
  public void interleave(String stream) {
    long last = rows(stream).getLast();
    byte[] event = lastEvent(stream);
    put(stream, last + 1, List.of(rewritten(stream, last, event, last + 1, ANOTHER_WRITER)));
    put(stream, last + 2, List.of(rewritten(stream, last, event, last + 2, "")));
  }

  /** Adds a row of another writer that begins with a number which is there already. */
  public void overlap(String stream) {
    long last = rows(stream).getLast();
    byte[] event = lastEvent(stream);
    put(
        stream,
        last + 1,
        List.of(
            rewritten(stream, last, event, last, ANOTHER_WRITER),
            rewritten(stream, last, event, last + 1, ANOTHER_WRITER)));
  }

  private byte[] lastEvent(String stream) {
    List<byte[]> events = new ArrayList<>();
    await(
        streams.read(
            stream,
            rows(stream).getLast(),
            row -> events.addAll(events(Columns.bytes(row, "events")))));
    return events.getLast();
  }

  private void put(String stream, long last, List<byte[]> events) {
    ByteBuffer row =
        ByteBuffer.allocate(events.stream().mapToInt(it -> Integer.BYTES + it.length).sum());
    events.forEach(event -> row.putInt(event.length).put(event));
    await(
        session.execute(
            SimpleStatement.newInstance(
                "INSERT INTO events (stream, bucket, last, events) VALUES (?, 0, ?, ?)",
                stream,
                last,
                row.flip())));
    run("UPDATE events SET highest = %d WHERE stream = '%s' AND bucket = 0", last, stream);
  }

  /** The event under another number, of another writer if one is given. */
  private static byte[] rewritten(
      String stream, long number, byte[] event, long next, String writer) {
    ByteBuffer body = Sealed.open(Keys.of(stream, number), event, stream + " " + number);
    byte[] copy = new byte[body.remaining()];
    body.get(copy);
    byte[] name = writer.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(name, 0, copy, 1 + Long.BYTES + Integer.BYTES, name.length);
    return Sealed.seal(Keys.of(stream, next), copy);
  }

  private List<Long> rows(String stream) {
    List<Long> rows = new ArrayList<>();
    await(streams.read(stream, 1, row -> rows.add(row.getLong("last"))));
    return rows;
  }

  private void drop(String stream, long last) {
    run("DELETE FROM events WHERE stream = '%2$s' AND bucket = 0 AND last = %1$d", last, stream);
  }

  private void run(String statement, long number, String stream) {
    await(session.execute(SimpleStatement.newInstance(statement.formatted(number, stream))));
  }

  private static List<JournalRecord> records(String stream, long last, byte[] row) {
    List<byte[]> events = events(row);
    List<JournalRecord> records = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      long number = last - events.size() + 1 + i;
      records.add(new JournalRecord(stream, number, writer(stream, number, events.get(i))));
    }
    return records;
  }

  private static List<byte[]> events(byte[] row) {
    List<byte[]> events = new ArrayList<>();
    for (ByteBuffer left = ByteBuffer.wrap(row); left.hasRemaining(); ) {
      byte[] event = new byte[left.getInt()];
      left.get(event);
      events.add(event);
    }
    return events;
  }

  /** After a byte and the time. */
  private static String writer(String stream, long number, byte[] event) {
    ByteBuffer body = Sealed.open(Keys.of(stream, number), event, stream + " " + number);
    body.position(1 + Long.BYTES);
    byte[] writer = new byte[body.getInt()];
    body.get(writer);
    return new String(writer, StandardCharsets.UTF_8);
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(BOUND_SECONDS, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    session.close();
  }
}
