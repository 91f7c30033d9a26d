package io.atoll.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import io.atoll.journal.EventRecords;
import io.atoll.store.DamagedRecordException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.persistence.PersistentRepr;

/** Rows with the events of one append: each with its length before it. Thread-safe. */
final class EventRows {
  private final CassandraSession session;
  private final EventStreams streams;
  private final StreamHeads heads;
  private final EventRecords records;

  EventRows(
      CassandraSession session, EventStreams streams, StreamHeads heads, EventRecords records) {
    this.session = session;
    this.streams = streams;
    this.heads = heads;
    this.records = records;
  }

  byte[] toStored(List<PersistentRepr> events) {
    List<byte[]> stored = events.stream().map(records::toStored).toList();
    int size = stored.stream().mapToInt(event -> Integer.BYTES + event.length).sum();
    ByteBuffer row = ByteBuffer.allocate(size);
    stored.forEach(event -> row.putInt(event.length).put(event));
    return row.array();
  }

  /**
   * Reads the events from one number to another in order, at most {@code most} of them and none
   * after {@code mostBytes} are reached. A gap or a damaged event fails: nothing is passed over.
   * Answers the number of the event that would be next.
   */
  CompletionStage<Long> read(
      String stream,
      long from,
      long to,
      long most,
      long mostBytes,
      Consumer<PersistentRepr> receiver) {
    return read(stream, from, to, most, mostBytes, head -> {}, receiver);
  }

  private CompletionStage<Long> read(
      String stream,
      long from,
      long to,
      long most,
      long mostBytes,
      Consumer<StreamHeads.Head> check,
      Consumer<PersistentRepr> receiver) {
    CompletionStage<Bucket> start = streams.before(stream, Math.max(from, 1));
    return heads
        .head(stream)
        .thenCompose(head -> {
          check.accept(head);
          Reading reading = new Reading(stream, from, to, most, mostBytes, head, receiver);
          CompletionStage<Bucket> first =
              reading.next > Math.max(from, 1) ? streams.before(stream, reading.next) : start;
          return first
              .thenCompose(bucket -> streams.read(stream, bucket, reading.next, reading::take))
              .thenApply(read -> reading.next);
        });
  }

  /**
   * As above, by who has claimed the stream, up to the event that was its last then; unless the
   * check fails for the stream's head by which it is read. Mostly all is in the bucket that was
   * claimed, and is read at the same time as the head: only what was deleted may come with it.
   */
  CompletionStage<Long> readClaimed(
      String stream,
      Bucket claim,
      long from,
      long to,
      long most,
      Consumer<StreamHeads.Head> check,
      Consumer<PersistentRepr> receiver) {
    if (from <= claim.number()) {
      return read(stream, from, to, most, Long.MAX_VALUE, check, receiver);
    }
    CompletionStage<AsyncResultSet> rows = streams.firstRows(stream, claim, from);
    return heads
        .head(stream)
        .thenCompose(head -> {
          check.accept(head);
          Reading reading = new Reading(stream, from, to, most, Long.MAX_VALUE, head, receiver);
          return rows.thenCompose(page -> session.forEach(page, reading::take))
              .thenApply(read -> reading.next);
        });
  }

  private final class Reading {
    private final String stream;
    private final long to;
    private final Consumer<PersistentRepr> receiver;
    private long next;
    private long left;
    private long room;

    /** Rows before what is asked for come first; one may begin there and reach into it. */
    private boolean begun;

    Reading(
        String stream,
        long from,
        long to,
        long most,
        long mostBytes,
        StreamHeads.Head head,
        Consumer<PersistentRepr> receiver) {
      this.stream = stream;
      this.to = to;
      this.receiver = receiver;
      this.next = Math.max(Math.max(from, 1), head.deletedTo() + 1);
      this.left = most;
      this.room = mostBytes;
    }

    boolean take(Row row) {
      byte[] stored = Columns.bytes(row, "events");
      ByteBuffer events = ByteBuffer.wrap(stored);
      long last = row.getLong("last");
      if (!begun && last < next) {
        return more();
      }
      long number = last - count(events.duplicate()) + 1;
      if (number < next && begun) {
        throw new DamagedRecordException(
            "Stream %s is damaged: event %d is there twice.".formatted(stream, number));
      }
      begun = true;
      if (number > next && more()) {
        throw new DamagedRecordException(
            "Stream %s is damaged: events %d to %d are missing."
                .formatted(stream, next, number - 1));
      }
      for (; number <= last && more(); number++) {
        byte[] event = event(events);
        if (number == next) {
          receiver.accept(records.fromStored(stream, number, event));
          next++;
          left--;
        }
      }
      room -= stored.length;
      return more();
    }

    private boolean more() {
      return left > 0 && room > 0 && next <= to;
    }

    private long count(ByteBuffer events) {
      long count = 0;
      for (; events.hasRemaining(); count++) {
        event(events);
      }
      return count;
    }

    private byte[] event(ByteBuffer events) {
      int length = events.remaining() < Integer.BYTES ? -1 : events.getInt();
      if (length < 0 || length > events.remaining()) {
        throw new DamagedRecordException("A row of stream %s is damaged.".formatted(stream));
      }
      byte[] event = new byte[length];
      events.get(event);
      return event;
    }
  }
}
