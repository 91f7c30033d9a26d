package io.atoll.journal;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.pekko.persistence.CapabilityFlag;
import org.apache.pekko.persistence.japi.journal.JavaJournalSpec;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Pekko's own test suite for journal plugins. */
class JournalTckTest {
  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> theJournalPassesPekkosSuite() {
    return ScalaTestRun.of(new Spec(TestConfig.in(folder)));
  }

  private static final class Spec extends JavaJournalSpec {
    private static final long serialVersionUID = 1L;

    Spec(Config config) {
      super(config);
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
