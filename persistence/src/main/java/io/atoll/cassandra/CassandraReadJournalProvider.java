package io.atoll.cassandra;

import com.typesafe.config.Config;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.apache.pekko.persistence.query.ReadJournalProvider;
import org.apache.pekko.persistence.query.scaladsl.CurrentEventsByPersistenceIdQuery;
import org.apache.pekko.persistence.query.scaladsl.ReadJournal;
import org.apache.pekko.stream.scaladsl.Source;

/** Makes the read journal for Pekko Persistence Query. */
public final class CassandraReadJournalProvider implements ReadJournalProvider {
  private final CassandraReadJournal journal;

  /** Called by Pekko. */
  public CassandraReadJournalProvider(ExtendedActorSystem system, Config config) {
    this.journal = new CassandraReadJournal(system, config.getInt("chunk"));
  }

  @Override
  public ReadJournal scaladslReadJournal() {
    return new ForScala(journal);
  }

  @Override
  public CassandraReadJournal javadslReadJournal() {
    return journal;
  }

  private record ForScala(CassandraReadJournal journal)
      implements ReadJournal, CurrentEventsByPersistenceIdQuery {
    @Override
    public Source<EventEnvelope, NotUsed> currentEventsByPersistenceId(
        String persistenceId, long fromSequenceNr, long toSequenceNr) {
      return journal
          .currentEventsByPersistenceId(persistenceId, fromSequenceNr, toSequenceNr)
          .asScala();
    }
  }
}
