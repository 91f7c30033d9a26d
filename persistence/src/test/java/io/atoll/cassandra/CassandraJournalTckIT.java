package io.atoll.cassandra;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.atoll.journal.ScalaTestRun;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.persistence.CapabilityFlag;
import org.apache.pekko.persistence.JournalProtocol;
import org.apache.pekko.persistence.japi.journal.JavaJournalSpec;
import org.apache.pekko.testkit.TestProbe;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Pekko's own test suite for journal plugins. */
class CassandraJournalTckIT {
  @TestFactory
  Stream<DynamicTest> theJournalPassesPekkosSuite() {
    return ScalaTestRun.of(
        new Spec(
            ConfigFactory.parseMap(
                    Map.of(
                        "atoll.cassandra.journal.class", DeletionsAllowedJournal.class.getName()))
                .withFallback(Cassandras.config())));
  }

  private static final class Spec extends JavaJournalSpec {
    private static final long serialVersionUID = 1L;

    Spec(Config config) {
      super(config);
    }

    /** A persistent actor recovers before it writes, and so claims its stream. */
    @Override
    public void preparePersistenceId(String stream) {
      TestProbe probe = TestProbe.apply(system());
      journal()
          .tell(
              new JournalProtocol.ReplayMessages(
                  1, Long.MAX_VALUE, Long.MAX_VALUE, stream, probe.ref()),
              ActorRef.noSender());
      probe.expectMsgClass(JournalProtocol.RecoverySuccess.class);
    }

    /** The event after a rejected one would be out of order, which this journal refuses. */
    @Override
    public CapabilityFlag supportsRejectingNonSerializableObjects() {
      return CapabilityFlag.off();
    }

    @Override
    public CapabilityFlag supportsMetadata() {
      return CapabilityFlag.on();
    }
  }
}
