package io.atoll.map;

import io.atoll.map.Manifest.PageReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a map's memory and stream short: folds recent changes into pages when there are many, trims
 * history past retention, drops pages that nothing needs.
 *
 * <p>The event {@link MapEvent.Checkpointed} is the one commit point. Killed before it, the new
 * pages are garbage that {@link PagesLeftBehind} removes; killed after it, the old pages are.
 */
final class MapCheckpoints {
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(10);

  /** A fold rests this many times as long as it works. */
  private static final int REST = 3;

  private static final long LONGEST_REST_NANOS = Duration.ofMillis(200).toNanos();

  private final MapCore core;
  private final PagesLeftBehind leftBehind;

  /** Empty, and not to be changed, while there is no such page. */
  private List<Obsolete> obsolete = List.of();

  private long retentionMs;

  /** From the start of a fold until its event is durable: folds must not overlap. */
  private boolean folding;

  /** Whether changes gather faster than they are folded. */
  private volatile boolean hurry;

  private Fold.@Nullable Result finished;

  /** Pages that are not needed any more once the checkpoint under way is durable. */
  private List<Long> replaced = List.of();

  private long foldingFromOrdinal;
  private long foldingGeneration;
  private long notBefore;
  private long lastSnapshot;
  private long snapshotBefore;
  private long usageRecorded;
  private long trimmed;

  /** Pages that were replaced, to be deleted at this time (nanoseconds). */
  private record Obsolete(List<Long> pages, long dueNanos) {}

  MapCheckpoints(MapCore core, long retentionMs) {
    this.core = core;
    this.leftBehind = new PagesLeftBehind(core.pages);
    this.retentionMs = retentionMs;
  }

  void retention(long milliseconds) {
    retentionMs = milliseconds;
  }

  /** Starts a checkpoint if the recent changes are many and none is under way. */
  void consider() {
    long limit = core.settings().checkpointBytes(core.state.bytes());
    hurry = core.state.recentBytes() >= 2 * limit;
    if (folding || core.state.recentBytes() < limit || nanos() < notBefore) {
      return;
    }
    folding = true;
    foldingFromOrdinal = core.state.ordinal();
    foldingGeneration = core.state.generation();
    Fold fold =
        new Fold(core.state, core.pages, core.settings().pageBytes(), core.now(), this::rest);
    core.context.pipeToSelf(
        leftBehind.find().thenCompose(_ -> background(fold)),
        (result, failure) -> new MapSignal.Folded(result, failure));
  }

  /**
   * Lets others have the disk and the processors: a large map is written anew as a whole, which
   * would hold them up for seconds. There is time, unless new changes come faster than old ones are
   * folded.
   */
  private void rest(long workedNanos) throws InterruptedException {
    if (!hurry) {
      TimeUnit.NANOSECONDS.sleep(Math.min(REST * workedNanos, LONGEST_REST_NANOS));
    }
  }

  /** Whether the fold came to something that is to be installed. */
  boolean folded(MapSignal.Folded signal) {
    finished = signal.result();
    if (finished == null) {
      folding = false;
      notBefore = nanos() + PAUSE_AFTER_FAILURE.toNanos();
      core.context.getLog().warn("checkpoint of {} failed, will retry", id(), signal.failure());
    }
    return finished != null;
  }

  /**
   * The event that makes the fold count, as of now; null when the map was emptied meanwhile, so
   * that the fold's pages are garbage.
   */
  @Nullable MapEvent install() {
    Fold.Result result = Objects.requireNonNull(finished, "nothing was folded");
    finished = null;
    if (foldingGeneration != core.state.generation()) {
      folding = false;
      core.pages.deleteQuietly(result.written());
      return null;
    }
    replaced = result.obsolete();
    return new MapEvent.Checkpointed(
        Math.max(core.now(), core.state.at()),
        foldingFromOrdinal,
        keepFrom(),
        result.manifest(),
        core.state.entries(),
        core.state.bytes());
  }

  /**
   * A checkpoint is durable: the pages that it replaced go, and also what earlier ones left behind
   * when they were cut off.
   */
  void checkpointed() {
    folding = false;
    drop(replaced);
    replaced = List.of();
    leftBehind.delete(this::neededPages);
  }

  /** The map was emptied: none of the pages before is needed. */
  void cleared(MapState before) {
    drop(before.manifest().pages().stream().map(PageReference::number).toList());
  }

  void snapshotSaved(long ordinal) {
    snapshotBefore = lastSnapshot;
    lastSnapshot = ordinal;
  }

  void usageRecorded(long ordinal) {
    usageRecorded = Math.max(usageRecorded, ordinal);
  }

  /** Trims history and deletes replaced pages whose grace is over; everything when stopping. */
  void tidy(boolean stopping) {
    while (!obsolete.isEmpty() && (stopping || obsolete.getFirst().dueNanos() <= nanos())) {
      core.pages.deleteQuietly(obsolete.removeFirst().pages());
      obsolete = obsolete.isEmpty() ? List.of() : obsolete;
    }
    long to = Math.min(Math.min(keepFrom() - 1, snapshotBefore), usageRecorded);
    if (to > trimmed) {
      trimmed = to;
      core.environment.history().trim(id(), to).whenComplete((_, failure) -> logTrim(failure));
    }
  }

  /** The first event that the retention of history still wants. */
  private long keepFrom() {
    return retentionMs < 0 ? 1 : core.state.marks().ordinalAt(core.now() - retentionMs);
  }

  private Set<Long> neededPages() {
    Set<Long> needed = new HashSet<>();
    core.state.manifest().pages().forEach(page -> needed.add(page.number()));
    obsolete.forEach(each -> needed.addAll(each.pages()));
    return needed;
  }

  private void drop(List<Long> pages) {
    if (!pages.isEmpty()) {
      obsolete = obsolete.isEmpty() ? new ArrayList<>(1) : obsolete;
      obsolete.addLast(new Obsolete(pages, nanos() + core.settings().pageGrace().toNanos()));
    }
  }

  private static CompletableFuture<Fold.Result> background(Fold fold) {
    CompletableFuture<Fold.Result> result = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("checkpoint")
        .start(() -> {
          try {
            result.complete(fold.run());
          } catch (Throwable e) {
            result.completeExceptionally(e);
          }
        });
    return result;
  }

  private void logTrim(@Nullable Throwable failure) {
    if (failure != null) {
      StreamPages.log.warn("could not trim the history of {}, will be tried again", id(), failure);
    }
  }

  private String id() {
    return core.pages.stream();
  }

  private long nanos() {
    return core.environment.time().nanoTime();
  }
}
