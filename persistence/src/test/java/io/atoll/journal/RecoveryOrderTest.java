package io.atoll.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.JournalProtocol.RecoverySuccess;
import org.apache.pekko.persistence.JournalProtocol.ReplayMessages;
import org.apache.pekko.persistence.JournalProtocol.WriteMessages;
import org.apache.pekko.persistence.Persistence;
import org.apache.pekko.persistence.PersistentEnvelope;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.PersistentRepr$;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.jdk.javaapi.CollectionConverters;

/** An actor that recovers while its last write is under way. */
class RecoveryOrderTest {
  private static final int ATTEMPTS = 50;

  @TempDir Path folder;

  @Test
  void recoverySeesTheWritesThatWereUnderWay() {
    try (Recorders recorders =
        new Recorders(TestConfig.in(folder), EmbeddedReadJournal.IDENTIFIER)) {
      ActorRef journal =
          Persistence.get(Adapter.toClassic(recorders.kit().system()))
              .journalFor("atoll.journal", ConfigFactory.empty());
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        TestProbe<Object> probe = recorders.kit().createTestProbe();
        ActorRef actor = Adapter.toClassic(probe.ref());
        String stream = "stream" + attempt;
        journal.tell(write(stream, actor), actor);
        journal.tell(new ReplayMessages(1, Long.MAX_VALUE, Long.MAX_VALUE, stream, actor), actor);
        assertThat(highest(probe)).as("attempt %d", attempt).isEqualTo(1);
      }
    }
  }

  private static WriteMessages write(String stream, ActorRef actor) {
    PersistentRepr event =
        PersistentRepr$.MODULE$.apply("event", 1, stream, "", false, ActorRef.noSender(), "writer");
    List<PersistentEnvelope> messages = List.of(AtomicWrite.apply(event));
    return new WriteMessages(CollectionConverters.asScala(messages).toList(), actor, 1);
  }

  private static long highest(TestProbe<Object> probe) {
    Object message = probe.receiveMessage(Duration.ofSeconds(60));
    while (!(message instanceof RecoverySuccess)) {
      message = probe.receiveMessage(Duration.ofSeconds(60));
    }
    return ((RecoverySuccess) message).highestSequenceNr();
  }
}
