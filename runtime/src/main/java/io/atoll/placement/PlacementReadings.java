package io.atoll.placement;

import io.atoll.tenant.PlacementStore;
import io.atoll.tenant.Placements;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Reads which cells tenants were given: all of them at first, after so many readings and when it is
 * told to; in between those of which it is said that they were given lately and that this node does
 * not know so. Only what is stored as the tenant's cell counts. For one thread, on which what is
 * read is given back to {@link #counts}.
 */
final class PlacementReadings {
  /** So many readings of what was given lately come between two of everything. */
  static final int BETWEEN = 60;

  private final PlacementStore store;
  private final Placements known;

  private int wanted = 1;
  private int done;
  private int sinceAll;
  private long readAsOf;

  /**
   * What was read.
   *
   * @param covers how often everything had been wanted when all cells were read; 0 for some cells
   */
  record Reading(Map<String, String> cells, long asOf, int covers) {}

  PlacementReadings(PlacementStore store, Placements known) {
    this.store = store;
    this.known = known;
  }

  /** The next reading that counts has to be one of everything that begins from now on. */
  void wantAll() {
    wanted++;
  }

  /** Reads; what comes of it counts when {@link #counts} says so. */
  CompletionStage<Reading> next() {
    if (done == wanted && sinceAll >= BETWEEN) {
      wantAll();
    }
    int covers = wanted;
    return done == wanted
        ? store
            .changesSince(readAsOf)
            .thenCompose(changes -> changes.map(this::unknown).orElseGet(() -> all(covers)))
        : all(covers);
  }

  private CompletionStage<Reading> all(int covers) {
    return store.cells().thenApply(cells -> new Reading(cells.byTenant(), cells.asOf(), covers));
  }

  /** Looks up where those are of whom something else is said than is known. */
  private CompletionStage<Reading> unknown(PlacementStore.Changes changes) {
    Map<String, String> cells = new HashMap<>();
    CompletionStage<Void> read = CompletableFuture.completedFuture(null);
    for (var change : changes.cellsByTenant().entrySet()) {
      String tenant = change.getKey();
      String cell = known.cellOf(tenant);
      if (change.getValue().stream().anyMatch(said -> !said.equals(cell))) {
        read =
            read.thenCompose(before -> store.cellOf(tenant))
                .thenAccept(found -> found.ifPresent(stored -> cells.put(tenant, stored)));
      }
    }
    return read.thenApply(found -> new Reading(cells, changes.asOf(), 0));
  }

  /** The reading counts: what it has found is known from now on. */
  void counts(Reading reading) {
    reading.cells().forEach(known::give);
    readAsOf = reading.asOf();
    if (reading.covers() > 0) {
      done = Math.max(done, reading.covers());
      sinceAll = 0;
    } else {
      sinceAll++;
    }
  }
}
