package io.atoll.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.cassandra.StoredStreams;
import io.atoll.faults.check.Isolation;
import io.atoll.faults.check.Verdict;
import io.atoll.faults.cluster.Cluster;
import io.atoll.faults.history.Action;
import io.atoll.faults.history.Entry;
import io.atoll.faults.history.Operation;
import io.atoll.faults.history.Outcome;
import io.atoll.faults.load.Caller;
import io.atoll.tenant.PersistenceIds;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults that were put into a store or a client on purpose: the checks find them. */
class PlantedFaultsIT {
  private static final long INCARNATION = 1;

  @TempDir Path folder;

  @Test
  void whatIsTakenOutOfTheStoreOrReadFromAnotherTenantIsFound() {
    try (Cluster cluster = Cluster.start(folder)) {
      Trial trial = new Trial(cluster, "planted", 2, 1);
      Entry mine = trial.entries().getFirst();
      Entry theirs = trial.entries().getLast();
      write(trial, mine);
      write(trial, mine);
      write(trial, new Entry(theirs.tenant(), mine.map(), mine.key()));
      write(trial, theirs);
      write(trial, theirs);
      trial.assertAllHolds();

      assertForeignValueIsFound(cluster, trial, mine, theirs);
      assertLostWriteIsFound(cluster, trial, mine);
      assertGapIsFound(theirs);
    }
  }

  private static void write(Trial trial, Entry entry) {
    Operation done = trial.call(entry, new Action.Set(entry.value(0, System.nanoTime())));
    assertThat(done.outcome()).isInstanceOf(Outcome.Written.class);
  }

  /** A client that uses another tenant's key stands for a node that mixes tenants up. */
  private static void assertForeignValueIsFound(
      Cluster cluster, Trial trial, Entry mine, Entry theirs) {
    Caller wrong =
        new Caller(
            cluster::urls,
            Map.of(mine.tenant(), trial.keys().get(theirs.tenant())),
            Caller.TIMEOUT);
    Operation foreign = wrong.call(0, mine, new Action.Get());
    assertThat(Isolation.check(List.of(foreign))).isInstanceOf(Verdict.Broken.class);
  }

  /** A store that gives back less than it has acknowledged. */
  private static void assertLostWriteIsFound(Cluster cluster, Trial trial, Entry entry) {
    cluster.terminateAll();
    try (StoredStreams streams = StoredStreams.open(Cluster.KEYSPACE)) {
      streams.dropLast(stream(entry));
    }
    cluster.startAll();
    assertThat(trial.lostWrites()).isInstanceOf(Verdict.Broken.class);
  }

  private static void assertGapIsFound(Entry entry) {
    try (StoredStreams streams = StoredStreams.open(Cluster.KEYSPACE)) {
      streams.dropFirst(stream(entry));
      assertThat(Trial.singleWriter(streams, stream(entry))).isInstanceOf(Verdict.Broken.class);
    }
  }

  private static String stream(Entry entry) {
    return PersistenceIds.map(entry.tenant(), INCARNATION, entry.map());
  }
}
