package io.atoll.placement;

import io.atoll.tenant.Migration;
import io.atoll.tenant.PlacementStore;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * Placements in memory, for one who reads them. What is given may be kept, and the answer be an
 * error all the same. The time of a reading is its number.
 */
final class MemoryPlacementStore implements PlacementStore {
  final Map<String, String> cells = new ConcurrentHashMap<>();
  final Map<String, Migration> migrations = new ConcurrentHashMap<>();
  private final Map<String, String> names = new ConcurrentHashMap<>();
  final AtomicInteger questions = new AtomicInteger();
  final List<Long> askedSince = new CopyOnWriteArrayList<>();

  /** What is said to have been given lately. */
  final Map<String, Set<String>> changes = new ConcurrentHashMap<>();

  /** Changes before this reading are not known any more. */
  volatile long forgotten;

  private final AtomicLong readings = new AtomicLong();
  volatile boolean failing;
  volatile boolean unreadable;

  @Override
  public CompletionStage<Cells> cells() {
    long reading = readings.incrementAndGet();
    return unreadable
        ? CompletableFuture.failedFuture(new IllegalStateException("no answer"))
        : CompletableFuture.completedFuture(new Cells(Map.copyOf(cells), reading));
  }

  @Override
  public CompletionStage<Optional<Changes>> changesSince(long asOf) {
    askedSince.add(asOf);
    return CompletableFuture.completedFuture(
        asOf < forgotten
            ? Optional.empty()
            : Optional.of(new Changes(Map.copyOf(changes), readings.incrementAndGet())));
  }

  @Override
  public CompletionStage<Optional<String>> cellOf(String tenantId) {
    questions.incrementAndGet();
    return unreadable
        ? CompletableFuture.failedFuture(new IllegalStateException("no answer"))
        : CompletableFuture.completedFuture(Optional.ofNullable(cells.get(tenantId)));
  }

  @Override
  public CompletionStage<Void> give(String tenantId, String cell) {
    cells.put(tenantId, cell);
    return failing
        ? CompletableFuture.failedFuture(new IllegalStateException("no answer"))
        : CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<String> name(String tenantId, String name, String id) {
    String before = names.putIfAbsent(tenantId + " " + name, id);
    return CompletableFuture.completedFuture(before == null ? id : before);
  }

  @Override
  public CompletionStage<Boolean> begin(Migration migration) {
    return CompletableFuture.completedFuture(
        migrations.putIfAbsent(migration.id(), migration) == null);
  }

  @Override
  public CompletionStage<Boolean> decide(Migration migration) {
    return CompletableFuture.completedFuture(
        change(migration.id(), known -> known.at(Migration.Step.STORE)));
  }

  @Override
  public CompletionStage<Boolean> abort(Migration migration) {
    return CompletableFuture.completedFuture(change(migration.id(), known -> migration));
  }

  private boolean change(String id, UnaryOperator<Migration> undecided) {
    Migration before = migrations.get(id);
    return before != null
        && before.status() == Migration.Status.RUNNING
        && before.step() == Migration.Step.HOLD
        && migrations.replace(id, before, undecided.apply(before));
  }

  @Override
  public CompletionStage<Boolean> end(Migration migration) {
    Migration kept =
        migrations.computeIfPresent(
            migration.id(),
            (id, known) -> known.status() == Migration.Status.RUNNING ? migration : known);
    return CompletableFuture.completedFuture(migration.equals(kept));
  }

  @Override
  public CompletionStage<List<Migration>> migrations(String tenantId) {
    return CompletableFuture.completedFuture(
        migrations.values().stream()
            .filter(migration -> migration.tenantId().equals(tenantId))
            .sorted(Comparator.comparing(Migration::id).reversed())
            .toList());
  }
}
