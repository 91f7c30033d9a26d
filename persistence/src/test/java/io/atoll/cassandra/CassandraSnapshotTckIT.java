package io.atoll.cassandra;

import com.typesafe.config.Config;
import io.atoll.journal.ScalaTestRun;
import java.util.stream.Stream;
import org.apache.pekko.persistence.CapabilityFlag;
import org.apache.pekko.persistence.japi.snapshot.JavaSnapshotStoreSpec;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Pekko's own test suite for snapshot plugins. */
class CassandraSnapshotTckIT {
  @TestFactory
  Stream<DynamicTest> theSnapshotStorePassesPekkosSuite() {
    return ScalaTestRun.of(new Spec(Cassandras.config()));
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
