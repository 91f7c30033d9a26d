package io.atoll.journal;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.pekko.persistence.CapabilityFlag;
import org.apache.pekko.persistence.japi.snapshot.JavaSnapshotStoreSpec;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Pekko's own test suite for snapshot plugins. */
class SnapshotStoreTckTest {
  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> theSnapshotStorePassesPekkosSuite() {
    return ScalaTestRun.of(new Spec(TestConfig.in(folder)));
  }

  private static final class Spec extends JavaSnapshotStoreSpec {
    private static final long serialVersionUID = 1L;

    Spec(Config config) {
      super(config);
    }

    @Override
    public CapabilityFlag supportsMetadata() {
      return CapabilityFlag.on();
    }
  }
}
