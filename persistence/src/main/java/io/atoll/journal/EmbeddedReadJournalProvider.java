package io.atoll.journal;

import com.typesafe.config.Config;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.persistence.query.ReadJournalProvider;
import org.apache.pekko.persistence.query.scaladsl.ReadJournal;

/** Makes the read journal for Pekko Persistence Query. */
public final class EmbeddedReadJournalProvider implements ReadJournalProvider {
  private final EmbeddedReadJournal journal;

  /** Called by Pekko. */
  public EmbeddedReadJournalProvider(ExtendedActorSystem system, Config config) {
    this.journal = new EmbeddedReadJournal(system, config.getInt("chunk"));
  }

  @Override
  public ReadJournal scaladslReadJournal() {
    return new ScalaReadJournal(journal);
  }

  @Override
  public EmbeddedReadJournal javadslReadJournal() {
    return journal;
  }
}
