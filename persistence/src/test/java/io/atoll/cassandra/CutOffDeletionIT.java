package io.atoll.cassandra;

import static io.atoll.store.Stores.result;
import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.atoll.map.History;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Deletions of events that end after any of Cassandra's answers, as when the process is killed; a
 * bucket is full after a row.
 */
class CutOffDeletionIT {
  private static final int EVENTS = 5;

  private static CutOffExecutor executor;
  private static CassandraSession session;
  private static EventStreams streams;
  private static History history;

  @BeforeAll
  static void open() {
    executor = new CutOffExecutor();
    session = Cassandras.open("", executor);
    streams = new EventStreams(session, 1);
    history = new CassandraHistory(session);
  }

  @AfterAll
  static void close() {
    if (session != null) {
      session.close();
    }
  }

  @BeforeEach
  void empty() {
    Cassandras.empty(session, "events", "event_buckets", "streams", "snapshots");
  }

  @Test
  void aTrimIsFinishedByItsRepetition() {
    cutOffAnywhere(
        stream -> history.trim(stream, 3),
        stream -> {
          result(history.trim(stream, 3));
          assertThat(rows(stream)).containsExactlyInAnyOrder(4L, 5L);
          assertThat(read(stream, 4)).containsExactly(4L, 5L);
        });
  }

  @Test
  void aTrimIsFinishedByOneThatGoesLessFar() {
    cutOffAnywhere(
        stream -> history.trim(stream, 3),
        stream -> {
          long deletedTo = result(new StreamHeads(session).head(stream)).deletedTo();
          result(history.trim(stream, 1));
          assertThat(rows(stream)).allMatch(last -> last > Math.max(deletedTo, 1));
        });
  }

  @Test
  void aTrimIsFinishedByTheNext() {
    cutOffAnywhere(
        stream -> history.trim(stream, 3),
        stream -> {
          append(stream, 6);
          result(history.trim(stream, 5));
          assertThat(rows(stream)).containsExactly(6L);
          assertThat(read(stream, 6)).containsExactly(6L);
        });
  }

  @Test
  void aTrimOfAllThereIsIsFinishedByTheNext() {
    cutOffAnywhere(
        stream -> history.trim(stream, EVENTS),
        stream -> {
          append(stream, 6);
          append(stream, 7);
          result(history.trim(stream, 6));
          assertThat(rows(stream)).containsExactly(7L);
        });
  }

  @Test
  void aTrimOfTheOnlyBucketIsFinishedByTheNext() {
    cutOffAnywhere(
        stream -> write(stream, 1),
        stream -> history.trim(stream, 1),
        stream -> {
          append(stream, 2);
          append(stream, 3);
          result(history.trim(stream, 2));
          assertThat(rows(stream)).containsExactly(3L);
        });
  }

  @Test
  void aTrimOfBucketsThatAreNotAllInTheIndexIsFinished() {
    cutOffAnywhere(
        stream -> {
          write(stream, EVENTS);
          forgetFirstBuckets(stream);
        },
        stream -> history.trim(stream, 4),
        stream -> {
          result(history.trim(stream, 4));
          assertThat(rows(stream)).containsExactly(5L);
        });
  }

  @Test
  void anErasureIsFinishedByItsRepetition() {
    cutOffAnywhere(
        stream -> history.erase(stream),
        stream -> {
          result(history.erase(stream));
          assertThat(rows(stream)).isEmpty();
          assertThat(result(streams.tip(stream)).highest()).isEqualTo(EVENTS);
        });
  }

  @Test
  void anErasureFindsWhatAnEarlierTrimHasLeftAnywhere() {
    write("stream", EVENTS);
    result(new StreamHeads(session).trim("stream", 3));
    forgetFirstBuckets("stream");
    result(history.erase("stream"));
    assertThat(rows("stream")).isEmpty();
  }

  private static void cutOffAnywhere(
      Function<String, CompletionStage<Void>> deletion, Consumer<String> after) {
    cutOffAnywhere(stream -> write(stream, EVENTS), deletion, after);
  }

  /** Cuts the deletion off after no answer, after one, and so on until it is done. */
  private static void cutOffAnywhere(
      Consumer<String> before,
      Function<String, CompletionStage<Void>> deletion,
      Consumer<String> after) {
    boolean done = false;
    for (int answers = 0; !done; answers++) {
      String stream = "after-" + answers;
      before.accept(stream);
      done = cutOff(deletion, stream, answers);
      after.accept(stream);
    }
  }

  /** Answers whether the deletion came to its end all the same. */
  private static boolean cutOff(
      Function<String, CompletionStage<Void>> deletion, String stream, int answers) {
    CompletableFuture<Void> cut = executor.after(answers);
    CompletableFuture<Void> deleted = deletion.apply(stream).toCompletableFuture();
    result(CompletableFuture.anyOf(cut, deleted));
    executor.heal();
    return deleted.isDone();
  }

  private static void forgetFirstBuckets(String stream) {
    Cassandras.run(
        session, "DELETE FROM event_buckets WHERE stream = '%s' AND bucket < 3".formatted(stream));
  }

  private static void write(String stream, int events) {
    for (int last = 1; last <= events; last++) {
      append(stream, last);
    }
  }

  private static void append(String stream, long last) {
    Bucket claim = result(streams.claim(stream, UUID.randomUUID()));
    result(streams.append(stream, claim, last, new byte[1]));
  }

  /** What is in the table, whether a reading finds it or not. */
  private static List<Long> rows(String stream) {
    List<Long> rows = new ArrayList<>();
    result(
        session.forEach(
            SimpleStatement.newInstance(
                "SELECT last FROM events WHERE stream = ? ALLOW FILTERING", stream),
            row -> row.isNull("last") || rows.add(row.getLong("last"))));
    return rows;
  }

  private static List<Long> read(String stream, long from) {
    List<Long> rows = new ArrayList<>();
    result(streams.read(stream, from, row -> rows.add(row.getLong("last"))));
    return rows;
  }
}
