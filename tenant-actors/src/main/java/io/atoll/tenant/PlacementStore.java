package io.atoll.tenant;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * The cells that tenants were given, and how they came to them: the same for all nodes that share
 * the store. Thread-safe.
 */
public interface PlacementStore {
  /**
   * Cells by tenant, and when they were read, which is what {@link #changesSince} wants:
   * milliseconds since the epoch.
   */
  record Cells(Map<String, String> byTenant, long asOf) {}

  /**
   * The cells that tenants may have been given lately, and when that was read. None of them need be
   * the tenant's cell: one may have been given another since, or not have been given it at all.
   */
  record Changes(Map<String, Set<String>> cellsByTenant, long asOf) {}

  /** The cells of all tenants that were given one. */
  CompletionStage<Cells> cells();

  /** What was given since then, and maybe more; empty when that is too long ago to tell. */
  CompletionStage<Optional<Changes>> changesSince(long asOf);

  /** The cell that the tenant was given; empty for the one that its id stands for. */
  CompletionStage<Optional<String>> cellOf(String tenantId);

  /** Gives the tenant a cell. */
  CompletionStage<Void> give(String tenantId, String cell);

  /**
   * Gives the tenant's migration with this id a name, for 24 hours. Completes with the id that has
   * the name, which is another one if it was given before.
   */
  CompletionStage<String> name(String tenantId, String name, String id);

  /** Keeps a migration that begins; false, and nothing is kept, when its id is known already. */
  CompletionStage<Boolean> begin(Migration migration);

  /**
   * Lets a migration store the tenant's new cell: from now on it cannot be aborted. False when it
   * has ended before.
   */
  CompletionStage<Boolean> decide(Migration migration);

  /** Keeps that a migration was aborted; false when it has ended, or may store the new cell. */
  CompletionStage<Boolean> abort(Migration migration);

  /** Keeps how a migration has ended; false, and nothing is kept, when that is known already. */
  CompletionStage<Boolean> end(Migration migration);

  /** The tenant's migrations, the newest first. */
  CompletionStage<List<Migration>> migrations(String tenantId);
}
