package io.atoll.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.cassandra.StoredStreams;
import io.atoll.faults.check.Verdict;
import io.atoll.faults.cluster.Cluster;
import io.atoll.faults.history.Action;
import io.atoll.faults.history.Entry;
import io.atoll.faults.history.Outcome;
import io.atoll.tenant.PersistenceIds;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events of two writers in one stream: its tenant gets errors, the others are served. */
class SecondWritersIT {
  private static final long INCARNATION = 1;
  private static final int TENANTS = 3;

  @TempDir Path folder;

  @Test
  void aTenantWhoseStreamHasTwoWritersGetsErrors() {
    LongSet.require();
    try (Cluster cluster = Cluster.start(folder)) {
      Trial trial = new Trial(cluster, "second", TENANTS, 1);
      trial.tenants().forEach(tenant -> write(trial, tenant));
      cluster.terminateAll();
      try (StoredStreams streams = StoredStreams.open(Cluster.KEYSPACE)) {
        streams.interleave(stream(trial, 0));
        streams.overlap(stream(trial, 1));
        cluster.startAll();
        assertFenced(trial, streams, 0);
        assertFenced(trial, streams, 1);
      }
      write(trial, trial.tenants().getLast());
    }
  }

  private static void write(Trial trial, String tenant) {
    Entry entry = trial.first(tenant);
    assertThat(trial.call(entry, new Action.Set(entry.value(0, System.nanoTime()))).outcome())
        .isInstanceOf(Outcome.Written.class);
  }

  private static void assertFenced(Trial trial, StoredStreams streams, int tenant) {
    assertThat(Trial.singleWriter(streams, stream(trial, tenant)))
        .isInstanceOf(Verdict.Broken.class);
    Entry entry = trial.first(trial.tenants().get(tenant));
    assertThat(trial.call(entry, new Action.Get()).outcome())
        .isEqualTo(new Outcome.Unknown("UNAVAILABLE"));
  }

  private static String stream(Trial trial, int tenant) {
    Entry entry = trial.first(trial.tenants().get(tenant));
    return PersistenceIds.map(entry.tenant(), INCARNATION, entry.map());
  }
}
