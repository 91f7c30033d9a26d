package io.atoll.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.atoll.tenant.Migration;
import io.atoll.tenant.MoveTarget;
import io.atoll.tenant.PlacementStore;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CassandraPlacementStoreIT {
  private static final AtomicLong NOW = new AtomicLong(1_700_000_000_000L);

  private static CassandraSession session;
  private static PlacementStore store;

  @BeforeAll
  static void open() {
    session = Cassandras.open();
    store = new CassandraPlacementStore(session, NOW::get);
  }

  @AfterAll
  static void close() {
    if (session != null) {
      session.close();
    }
  }

  @BeforeEach
  void empty() {
    Cassandras.empty(session, "placements", "placement_changes", "migrations", "migration_names");
  }

  @Test
  void aTenantHasTheCellThatItWasGivenLast() {
    await(store.give("acme", "3@10.0.0.1:25520"));
    await(store.give("globex", "4@10.0.0.2:25520"));
    await(store.give("acme", "3@10.0.0.2:25520"));

    assertThat(await(store.cellOf("acme"))).contains("3@10.0.0.2:25520");
    assertThat(await(store.cellOf("nobody"))).isEmpty();
    assertThat(await(store.cells()).byTenant())
        .containsOnly(entry("acme", "3@10.0.0.2:25520"), entry("globex", "4@10.0.0.2:25520"));
  }

  @Test
  void whatWasGivenSinceIsFoundWithoutReadingAll() {
    await(store.give("acme", "3@10.0.0.1:25520"));
    await(store.give("globex", "4@10.0.0.2:25520"));
    NOW.addAndGet(Duration.ofMinutes(10).toMillis());
    long asOf = await(store.cells()).asOf();
    NOW.addAndGet(Duration.ofMinutes(1).toMillis());
    await(store.give("acme", "5@10.0.0.1:25520"));
    NOW.addAndGet(Duration.ofMinutes(3).toMillis());
    await(store.give("acme", "3@10.0.0.2:25520"));

    assertThat(changesSince(asOf))
        .containsOnly(entry("acme", Set.of("5@10.0.0.1:25520", "3@10.0.0.2:25520")));
  }

  @Test
  void whatANodeGaveWhoseClockIsAMinuteLateOrEarlyIsFound() {
    long asOf = await(store.cells()).asOf();
    NOW.addAndGet(Duration.ofMinutes(-1).toMillis());
    await(store.give("acme", "3@10.0.0.1:25520"));
    NOW.addAndGet(Duration.ofMinutes(2).toMillis());
    await(store.give("globex", "4@10.0.0.2:25520"));
    NOW.addAndGet(Duration.ofMinutes(-1).toMillis());

    assertThat(changesSince(asOf)).containsOnlyKeys("acme", "globex");
  }

  @Test
  void afterALongTimeItIsNotKnownWhatWasGivenSince() {
    await(store.give("acme", "3@10.0.0.1:25520"));
    long asOf = await(store.cells()).asOf();
    NOW.addAndGet(Duration.ofHours(1).toMillis());

    assertThat(await(store.changesSince(asOf))).isEmpty();
  }

  private static Map<String, Set<String>> changesSince(long asOf) {
    return await(store.changesSince(asOf)).orElseThrow().cellsByTenant();
  }

  @Test
  void migrationsAreKeptAsTheyGoTheNewestFirst() {
    Migration first = migration("m1", null);
    Migration second = migration("m2", "10.0.0.1:25520");
    await(store.begin(first));
    await(store.begin(second));
    await(store.end(first.at(Migration.Step.DEPART).failed("silent", 12, 99)));
    await(store.end(second.completed(34, 100)));

    assertThat(await(store.migrations("mover")))
        .containsExactly(
            second.completed(34, 100), first.at(Migration.Step.DEPART).failed("silent", 12, 99));
    assertThat(await(store.migrations("nobody"))).isEmpty();
  }

  @Test
  void aMigrationIsBegunOnce() {
    assertThat(await(store.begin(migration("m1", null)))).isTrue();
    assertThat(await(store.begin(migration("m1", "10.0.0.1:25520")))).isFalse();

    assertThat(await(store.migrations("mover"))).containsExactly(migration("m1", null));
  }

  @Test
  void aNameStaysWithTheMigrationThatHadItFirst() {
    assertThat(await(store.name("mover", "once", "m1"))).isEqualTo("m1");
    assertThat(await(store.name("mover", "once", "m2"))).isEqualTo("m1");
    assertThat(await(store.name("mover", "twice", "m2"))).isEqualTo("m2");
    assertThat(await(store.name("other", "once", "m3"))).isEqualTo("m3");
  }

  @Test
  void theEndThatIsKeptFirstHolds() {
    Migration running = migration("m1", null);
    await(store.begin(running));

    assertThat(await(store.end(running.failed("lost", -1, 99)))).isTrue();
    assertThat(await(store.end(running.completed(34, 100)))).isFalse();

    assertThat(await(store.migrations("mover"))).containsExactly(running.failed("lost", -1, 99));
  }

  @Test
  void aMigrationThatIsAbortedStoresNoCell() {
    Migration running = migration("m1", null);
    await(store.begin(running));

    assertThat(await(store.abort(running.aborted(99)))).isTrue();
    assertThat(await(store.decide(running))).isFalse();
    assertThat(await(store.end(running.completed(34, 100)))).isFalse();

    assertThat(await(store.migrations("mover"))).containsExactly(running.aborted(99));
  }

  @Test
  void aMigrationThatMayStoreTheCellIsNotAborted() {
    Migration running = migration("m1", null);
    await(store.begin(running));

    assertThat(await(store.decide(running))).isTrue();
    assertThat(await(store.decide(running))).isFalse();
    assertThat(await(store.abort(running.aborted(99)))).isFalse();
    assertThat(await(store.end(running.completed(34, 100)))).isTrue();
  }

  private static Migration migration(String id, @Nullable String from) {
    return new Migration(
        id,
        "mover",
        from,
        new MoveTarget.OfNode("10.0.0.2:25520"),
        Migration.Status.RUNNING,
        Migration.Step.HOLD,
        -1,
        null,
        7,
        -1);
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
