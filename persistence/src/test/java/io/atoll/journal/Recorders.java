package io.atoll.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import io.atoll.store.Stores;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.apache.pekko.persistence.query.PersistenceQuery;
import org.apache.pekko.persistence.query.javadsl.CurrentEventsByPersistenceIdQuery;
import org.apache.pekko.stream.javadsl.Sink;

/** An actor system with recorders over a journal. */
public final class Recorders implements AutoCloseable {
  private static final Duration SOON = Duration.ofSeconds(60);

  private final ActorTestKit kit;
  private final String readJournal;

  public Recorders(Config config, String readJournal) {
    this.kit = ActorTestKit.create(config);
    this.readJournal = readJournal;
  }

  public ActorTestKit kit() {
    return kit;
  }

  public ActorRef<Recorder.Command> start(String stream) {
    return kit.spawn(Recorder.create(stream));
  }

  /** Lets a recorder of the stream add these words, then stops it. */
  public void write(String stream, String... words) {
    ActorRef<Recorder.Command> recorder = start(stream);
    for (String word : words) {
      add(recorder, word);
    }
    stop(recorder);
  }

  public void add(ActorRef<Recorder.Command> recorder, String word) {
    TestProbe<Done> probe = kit.createTestProbe();
    recorder.tell(new Recorder.Add(word, probe.ref()));
    probe.receiveMessage(SOON);
  }

  /** The words of a recorder that is recovered for this. */
  public String words(String stream) {
    ActorRef<Recorder.Command> recorder = start(stream);
    String words = awaitRecovered(recorder);
    stop(recorder);
    return words.strip();
  }

  /** What the recorder holds, once it has recovered. */
  public String awaitRecovered(ActorRef<Recorder.Command> recorder) {
    TestProbe<String> probe = kit.createTestProbe();
    recorder.tell(new Recorder.Get(probe.ref()));
    return probe.receiveMessage(SOON);
  }

  /** A recorder of the stream must not come up. */
  public void assertFenced(String stream) {
    kit.createTestProbe().expectTerminated(start(stream), SOON);
  }

  public void stop(ActorRef<Recorder.Command> recorder) {
    recorder.tell(new Recorder.Stop());
    kit.createTestProbe().expectTerminated(recorder, SOON);
  }

  public List<EventEnvelope> events(String stream) {
    return events(stream, 0, Long.MAX_VALUE);
  }

  public List<EventEnvelope> events(String stream, long from, long to) {
    return Stores.result(
        PersistenceQuery.get(kit.system())
            .getReadJournalFor(CurrentEventsByPersistenceIdQuery.class, readJournal)
            .currentEventsByPersistenceId(stream, from, to)
            .runWith(Sink.seq(), kit.system()));
  }

  public List<Long> numbers(String stream) {
    return events(stream).stream().map(EventEnvelope::sequenceNr).toList();
  }

  @Override
  public void close() {
    kit.shutdownTestKit();
    assertThat(kit.system().whenTerminated().isCompleted()).isTrue();
  }
}
