package io.atoll.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.placement.PlacementReadings.Reading;
import io.atoll.tenant.Placements;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class PlacementReadingsTest {
  private static final String OLD = "3@old:1";
  private static final String NEW = "4@new:1";

  private final MemoryPlacementStore store = new MemoryPlacementStore();
  private final Placements known = new Placements();
  private final PlacementReadings readings = new PlacementReadings(store, known);

  @Test
  void theFirstReadingIsOfAllCells() {
    store.cells.put("acme", NEW);

    read();

    assertThat(known.given("acme")).isEqualTo(NEW);
    assertThat(store.askedSince).isEmpty();
  }

  @Test
  void aTenantThatWasGivenACellLatelyIsFoundWithoutReadingAll() {
    read();
    store.cells.put("acme", NEW);
    store.cells.put("globex", NEW);
    store.changes.put("acme", Set.of(NEW));

    read();

    assertThat(known.given("acme")).isEqualTo(NEW);
    assertThat(known.given("globex")).isNull();
  }

  @Test
  void aChangeThatWasOvertakenByOneThatNobodyNotedDoesNotBringTheTenantBack() {
    store.cells.put("acme", NEW);
    store.changes.put("acme", Set.of(OLD));
    read();

    read();

    assertThat(known.given("acme")).isEqualTo(NEW);
  }

  @Test
  void aChangeThatHidesALaterOneOfAClockThatIsSlowIsLookedInto() {
    known.give("acme", OLD);
    read();
    store.cells.put("acme", NEW);
    store.changes.put("acme", Set.of(OLD, NEW));

    read();

    assertThat(known.given("acme")).isEqualTo(NEW);
  }

  @Test
  void aChangeThatNeverCameToACellChangesNothing() {
    read();
    store.changes.put("acme", Set.of(NEW));

    read();

    assertThat(known.given("acme")).isNull();
  }

  @Test
  void whatIsKnownIsNotLookedUp() {
    known.give("acme", NEW);
    store.changes.put("acme", Set.of(NEW));
    read();

    read();

    assertThat(store.questions).hasValue(0);
  }

  @Test
  void allCellsAreReadAgainAfterSoManyReadings() {
    read();
    store.cells.put("acme", NEW);
    for (int reading = 0; reading < PlacementReadings.BETWEEN; reading++) {
      read();
    }
    assertThat(known.given("acme")).isNull();

    read();

    assertThat(known.given("acme")).isEqualTo(NEW);
    assertThat(store.askedSince).hasSize(PlacementReadings.BETWEEN);
  }

  @Test
  void allCellsAreReadAgainAlsoWhenReadingsOverlap() {
    read();
    store.cells.put("acme", NEW);
    for (int reading = 1; reading < PlacementReadings.BETWEEN; reading++) {
      read();
    }
    Reading one = next();
    Reading other = next();
    readings.counts(one);
    readings.counts(other);

    read();

    assertThat(known.given("acme")).isEqualTo(NEW);
  }

  @Test
  void whenItCannotBeToldWhatWasGivenLatelyAllCellsAreRead() {
    read();
    store.cells.put("acme", NEW);
    store.forgotten = Long.MAX_VALUE;

    read();

    assertThat(known.given("acme")).isEqualTo(NEW);
  }

  @Test
  void aReadingOfAllThatFailsOrDoesNotCountIsMadeAgain() {
    store.unreadable = true;
    assertThat(readings.next().toCompletableFuture()).isCompletedExceptionally();
    store.unreadable = false;
    assertThat(next().covers()).isEqualTo(1);

    assertThat(next().covers()).isEqualTo(1);
  }

  @Test
  void aReadingThatBeganBeforeAllWasWantedDoesNotCover() {
    Reading before = next();
    readings.wantAll();
    readings.counts(before);
    store.cells.put("acme", NEW);

    read();

    assertThat(known.given("acme")).isEqualTo(NEW);
  }

  @Test
  void whatDidNotCountIsAskedForAgain() {
    read();
    next();
    next();

    assertThat(Set.copyOf(store.askedSince)).hasSize(1);
  }

  private void read() {
    readings.counts(next());
  }

  private Reading next() {
    CompletionStage<Reading> next = readings.next();
    return next.toCompletableFuture().join();
  }
}
