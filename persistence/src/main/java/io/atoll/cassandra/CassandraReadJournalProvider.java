package io.atoll.cassandra;

import com.typesafe.config.Config;
import io.atoll.journal.ScalaReadJournal;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.persistence.query.ReadJournalProvider;
import org.apache.pekko.persistence.query.scaladsl.ReadJournal;

/** Makes the read journal for Pekko Persistence Query. */
public final class CassandraReadJournalProvider implements ReadJournalProvider {
  private final CassandraReadJournal journal;

  /** Called by Pekko. */
  public CassandraReadJournalProvider(ExtendedActorSystem system, Config config) {
    this.journal = new CassandraReadJournal(system, config.getInt("chunk"));
  }

  @Override
  public ReadJournal scaladslReadJournal() {
    return new ScalaReadJournal(journal);
  }

  @Override
  public CassandraReadJournal javadslReadJournal() {
    return journal;
  }
}
