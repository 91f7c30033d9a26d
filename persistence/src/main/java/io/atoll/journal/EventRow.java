package io.atoll.journal;

import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import scala.jdk.javaapi.CollectionConverters;

/** The events of one call of Pekko's: one after the other in the stream of one persistent actor. */
public final class EventRow {
  private EventRow() {}

  /**
   * All events of these writes.
   *
   * @throws IllegalArgumentException when they are not of one stream, or their numbers have a gap
   */
  public static List<PersistentRepr> of(Iterable<AtomicWrite> messages) {
    List<PersistentRepr> events = new ArrayList<>();
    for (AtomicWrite write : messages) {
      events.addAll(CollectionConverters.asJava(write.payload()));
    }
    PersistentRepr first = events.getFirst();
    for (int i = 0; i < events.size(); i++) {
      PersistentRepr event = events.get(i);
      if (event.sequenceNr() != first.sequenceNr() + i
          || !event.persistenceId().equals(first.persistenceId())) {
        throw new IllegalArgumentException("Writes that are not one row of events of a stream.");
      }
    }
    return events;
  }
}
