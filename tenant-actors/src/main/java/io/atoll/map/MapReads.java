package io.atoll.map;

import io.atoll.map.Manifest.PageReference;
import io.atoll.map.Outcome.Item;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers reads from committed state, loading cold pages as needed. */
final class MapReads {
  private final MapCore core;
  private final PageLoads loads;

  MapReads(MapCore core, PageLoads loads) {
    this.core = core;
    this.loads = loads;
  }

  /** Answers the read into {@code answers} if it can be answered at once, else later on its own. */
  void read(MapCommand.Apply request, int index, Answers answers) {
    Outcome outcome =
        switch (request.operations().get(index)) {
          case Operation.Get get -> get(get, request, index);
          case Operation.Scan scan -> scan(new ScanRun(scan, request, index));
          case Operation.Write _ -> throw new IllegalArgumentException("a write is not read");
        };
    if (outcome != null) {
      answers.add(request, index, outcome);
    }
  }

  private @Nullable Outcome get(Operation.Get get, MapCommand.Apply request, int index) {
    Slot slot = core.state.recent(get.key());
    if (slot != null) {
      return found(get.key(), slot);
    }
    PageReference reference = core.state.page(get.key());
    if (reference == null) {
      return BatchDecision.missing(get.key());
    }
    Page page = loads.resident(reference);
    if (page == null) {
      loads.load(
          reference, new Waiting(request, index, loaded -> getAgain(get, request, index, loaded)));
      return null;
    }
    return found(get.key(), page.find(get.key()));
  }

  /**
   * The page is as it was when the read came, whatever was written since: so it does not see what
   * was sent after it. Only when that page is gone it looks into the present state.
   */
  private void getAgain(
      Operation.Get get, MapCommand.Apply request, int index, @Nullable Page page) {
    Outcome outcome =
        page == null ? get(get, request, index) : found(get.key(), page.find(get.key()));
    if (outcome != null) {
      Answers.sendOne(core.identity.tenantId(), request, index, outcome);
    }
  }

  private Outcome found(Key key, Slot slot) {
    return slot instanceof Slot.Live live
        ? found(key, new Entry(key, live.value(), live.version(), live.expiresAt()))
        : BatchDecision.missing(key);
  }

  private Outcome found(Key key, @Nullable Entry entry) {
    if (entry == null || entry.expiredAt(core.now())) {
      return BatchDecision.missing(key);
    }
    core.read(entry.value().length);
    return new Outcome.Found(entry.value(), entry.version());
  }

  private @Nullable Outcome scan(ScanRun run) {
    while (true) {
      switch (run.walk.next()) {
        case Walk.Next next -> {
          if (run.isFull()) {
            if (run.walk.leftInPage() < run.scan.limit()) {
              readAhead(run);
            }
            return run.outcome(true);
          }
          run.add(next.entry());
        }
        case Walk.End _ -> {
          return run.outcome(false);
        }
        case Walk.Need need -> {
          Page page = run.resident(need.page());
          if (page == null) {
            loads.load(
                need.page(), new Waiting(run.request, run.index, loaded -> scanOn(run, loaded)));
          }
          if (run.goesOnAfterPage()) {
            readAhead(run);
          }
          if (page == null) {
            return null;
          }
          run.supply(page);
        }
      }
    }
  }

  /**
   * Asks for the page after the one in turn, for the scan itself or for the one that goes on where
   * it ends: so the store reads while entries are answered.
   */
  private void readAhead(ScanRun run) {
    PageReference next = run.walk.following();
    if (next != null && run.resident(next) == null) {
      loads.load(next, loaded -> run.ahead(next, loaded));
    }
  }

  private void scanOn(ScanRun run, @Nullable Page page) {
    if (page == null) {
      run.startOver();
    } else {
      run.supply(page);
    }
    Outcome outcome = scan(run);
    if (outcome != null) {
      Answers.sendOne(core.identity.tenantId(), run.request, run.index, outcome);
    }
  }

  /** A read that goes on when its page is there. */
  private final class Waiting implements PageLoads.Waiter {
    private final MapCommand.Apply request;
    private final int index;
    private final PageLoads.Waiter next;

    Waiting(MapCommand.Apply request, int index, PageLoads.Waiter next) {
      this.request = request;
      this.index = index;
      this.next = next;
    }

    @Override
    public void go(@Nullable Page page) {
      next.go(page);
    }

    @Override
    public void giveUp() {
      Answers.sendOne(core.identity.tenantId(), request, index, Answers.UNAVAILABLE);
    }
  }

  /** A scan under way over the state as it was when it began. */
  private final class ScanRun {
    private final Operation.Scan scan;
    private final MapCommand.Apply request;
    private final int index;
    private final List<Item> items = new ArrayList<>();
    private Walk walk;
    private long bytes;

    /** Entries of the page before, which is about what the next one has; 0 before the first. */
    private int perPage;

    /** A page that was read ahead, and may be in memory nowhere else. */
    private @Nullable Page ahead;

    private long aheadNumber;

    ScanRun(Operation.Scan scan, MapCommand.Apply request, int index) {
      this.scan = scan;
      this.request = request;
      this.index = index;
      this.walk = new Walk(core.state, scan.prefix(), scan.after(), core.now());
    }

    /** Starts again in the state as it is now, so that all items are of one state. */
    void startOver() {
      items.clear();
      bytes = 0;
      perPage = 0;
      ahead = null;
      walk = new Walk(core.state, scan.prefix(), scan.after(), core.now());
    }

    void supply(Page page) {
      perPage = page.count();
      walk.supply(page);
    }

    void ahead(PageReference reference, @Nullable Page page) {
      ahead = page;
      aheadNumber = reference.number();
    }

    @Nullable Page resident(PageReference reference) {
      return ahead != null && aheadNumber == reference.number() ? ahead : loads.resident(reference);
    }

    /** Whether one page more will not be enough, as far as can be told. */
    boolean goesOnAfterPage() {
      return perPage > 0 && scan.limit() - items.size() > perPage;
    }

    void add(Entry entry) {
      items.add(new Item(entry.key(), scan.values() ? entry.value() : null, entry.version()));
      bytes += scan.values() ? entry.size() : entry.key().length();
    }

    boolean isFull() {
      return items.size() >= scan.limit() || bytes >= core.settings().scanBytes();
    }

    Outcome outcome(boolean more) {
      core.read(bytes);
      return new Outcome.Scanned(items, more ? items.getLast().key() : null);
    }
  }
}
