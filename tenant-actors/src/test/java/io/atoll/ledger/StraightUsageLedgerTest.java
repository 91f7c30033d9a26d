package io.atoll.ledger;

import io.atoll.map.KitMapJournal;
import io.atoll.map.MapJournal;
import java.util.Optional;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;

/** The ledger over a store that reads all streams of a tenant in one go. */
class StraightUsageLedgerTest extends UsageLedgerTest {
  @Override
  Optional<MapJournal> streams(PersistenceTestKit events) {
    return Optional.of(new KitMapJournal(events));
  }
}
