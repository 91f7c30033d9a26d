package io.atoll.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.tenant.Migration;
import io.atoll.tenant.MoveTarget;
import io.atoll.time.TimeSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class LostMigrationsTest {
  private static final String TARGET = "10.0.0.2:25520";
  private static final long BEGUN = 1_000_000;
  private static final long LOST = BEGUN + LostMigrations.LOST_AFTER.toMillis() + 1;

  private final MemoryPlacementStore store = new MemoryPlacementStore();
  private long now = LOST;
  private final LostMigrations migrations = new LostMigrations(store, time());

  @Test
  void oneThatMayStillGoOnIsLeftAlone() {
    Migration running = begun("m1");
    now = LOST - 1;

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
  void anEndThatIsKnownIsNotChanged() {
    Migration ended = begun("m1").completed(7, BEGUN + 9);
    store.end(ended);

    assertThat(found()).containsExactly(ended);
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

  private TimeSource time() {
    return new TimeSource() {
      @Override
      public long nanoTime() {
        return 0;
      }

      @Override
      public long epochMillis() {
        return now;
      }
    };
  }
}
