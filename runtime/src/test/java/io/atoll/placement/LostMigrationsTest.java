package io.atoll.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.tenant.Migration;
import io.atoll.tenant.MoveTarget;
import io.atoll.tenant.TenantReply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LostMigrationsTest {
  private static final String TARGET = "10.0.0.2:25520";
  private static final long BEGUN = 1_000_000;
  private static final long LOST = BEGUN + LostMigrations.LOST_AFTER.toMillis() + 1;

  private final MemoryPlacementStore store = new MemoryPlacementStore();
  private final FixedTime time = new FixedTime(LOST);
  private final List<Migration> told = new ArrayList<>();
  private final MigrationEnds ends =
      new MigrationEnds(
          store,
          ended -> {
            told.add(ended);
            return CompletableFuture.completedStage(new TenantReply.Accepted());
          },
          (pause, action) -> action.run(),
          time);
  private final LostMigrations migrations = new LostMigrations(store, ends, time);

  @Test
  void oneThatMayStillGoOnIsLeftAlone() {
    Migration running = begun("m1");
    time.set(LOST - 1);

    assertThat(found()).containsExactly(running);
  }

  @Test
  void aLostOneHasFailedWhenItsCellIsNotStored() {
    begun("m1");

    assertThat(found())
        .singleElement()
        .satisfies(lost -> {
          assertThat(lost.status()).isEqualTo(Migration.Status.FAILED);
          assertThat(lost.error()).contains("was lost");
          assertThat(lost.completedAt()).isEqualTo(LOST);
          assertThat(told).containsExactly(lost);
        });
  }

  @Test
  void aLostOneIsCompletedWhenItsCellIsStored() {
    begun("m1");
    store.give("acme", PinnedCell.of("acme", TARGET).cell());

    assertThat(found())
        .singleElement()
        .extracting(Migration::status)
        .isEqualTo(Migration.Status.COMPLETED);
  }

  @Test
  void anEndThatIsKnownIsNotChangedAndToldIfItsNodeCouldNot() {
    Migration ended = begun("m1").completed(7, BEGUN + 9);
    store.end(ended);

    assertThat(found()).containsExactly(ended);
    assertThat(told).containsExactly(ended);
  }

  private List<Migration> found() {
    return migrations.of("acme").toCompletableFuture().join();
  }

  private Migration begun(String id) {
    Migration migration =
        new Migration(
            id,
            "acme",
            "10.0.0.1:25520",
            new MoveTarget.OfNode(TARGET),
            Migration.Status.RUNNING,
            Migration.Step.HOLD,
            -1,
            null,
            BEGUN,
            -1);
    store.begin(migration);
    return migration;
  }
}
