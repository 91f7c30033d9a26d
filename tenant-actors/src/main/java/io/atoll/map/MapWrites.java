package io.atoll.map;

import io.atoll.map.Manifest.PageReference;
import io.atoll.map.WriteQueue.Alone;
import io.atoll.map.WriteQueue.Asked;
import io.atoll.map.WriteQueue.Clearing;
import io.atoll.map.WriteQueue.Expiring;
import io.atoll.map.WriteQueue.Item;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The write side of a map: while one event is being written, operations gather; when it is durable
 * they are decided together and become the next event, and all of its answers leave.
 */
final class MapWrites {
  private final MapCore core;
  private final PageLoads loads;
  private final MapReads reads;
  private final MapStream stream;
  private final MapOutage outage;
  private final WriteQueue queue = new WriteQueue();

  /** Pages of the batch that is next; empty for a map that has none in pages. */
  private Map<Long, Page> pinned = Map.of();

  private @Nullable InFlight inFlight;
  private int loading;

  /** As many items as wait for pages: what arrives meanwhile does not join them. */
  private int awaited = Integer.MAX_VALUE;

  /** An event that is being written, and what happens when it is durable. */
  private record InFlight(MapEvent event, List<Item> batch, Answers answers) {}

  MapWrites(MapCore core, PageLoads loads, MapReads reads, MapStream stream, MapOutage outage) {
    this.core = core;
    this.loads = loads;
    this.reads = reads;
    this.stream = stream;
    this.outage = outage;
  }

  void add(Item item) {
    queue.add(item);
  }

  /** Writes this event as soon as none is under way; it is asked for then. */
  void addFirst(Supplier<@Nullable MapEvent> event) {
    queue.addFirst(new Alone(event));
  }

  boolean mustWait(Operation.OnMap read) {
    return queue.mustWait(read);
  }

  /** Whether the removal of an expired entry waits or is being written. */
  boolean isExpiring() {
    return queue.isExpiring();
  }

  boolean isIdle() {
    return inFlight == null && queue.isEmpty();
  }

  /** Says of all operations that wait or are being written that they cannot be answered. */
  void withdraw() {
    InFlight written = inFlight;
    if (written != null) {
      inFlight = null;
      queue.committed(written.batch());
      written.answers().withdraw();
    }
    withdrawWaiting();
  }

  private void withdrawWaiting() {
    Answers answers = new Answers(core.identity.tenantId());
    for (Asked asked : queue.removeAsked()) {
      answers.add(asked.request(), asked.index(), Answers.UNAVAILABLE);
    }
    answers.send();
    awaited = Integer.MAX_VALUE;
  }

  /** The event is durable: its answers leave, and what has gathered is decided. */
  MapEvent persisted() {
    InFlight written = inFlight;
    if (written == null) {
      throw new IllegalStateException("nothing was being written");
    }
    inFlight = null;
    queue.committed(written.batch());
    written.answers().send();
    return written.event();
  }

  /**
   * Decides and writes what waits, if nothing is being written and its pages are in memory. While
   * nothing can be written operations do not wait.
   */
  void advance() {
    if (!queue.isEmpty() && outage.refusesWrites()) {
      withdrawWaiting();
      return;
    }
    while (inFlight == null && loading == 0 && !queue.isEmpty()) {
      switch (queue.head()) {
        case Alone alone -> {
          queue.removeHead();
          MapEvent event = alone.event().get();
          if (event != null) {
            write(event, List.of(), new Answers(core.identity.tenantId()));
          }
        }
        case Clearing clearing -> clear(clearing);
        case Asked asked when asked.operation() instanceof Operation.Scan -> scan(asked);
        case Asked _, Expiring _ -> decideNext();
        case null -> throw new IllegalStateException("the queue is not empty");
      }
    }
  }

  private void scan(Asked asked) {
    queue.removeHead();
    Answers answers = new Answers(core.identity.tenantId());
    reads.read(asked.request(), asked.index(), answers);
    answers.send();
  }

  private void clear(Clearing clearing) {
    queue.removeHead();
    MapState state = core.state;
    if (state.generation() >= clearing.generation()) {
      queue.committed(List.of(clearing));
      core.tenant.accept(new MapReport.Cleared(core.identity.map(), state.generation()));
      return;
    }
    long at = Math.max(core.now(), state.at());
    write(
        new MapEvent.Cleared(
            at,
            state.seq() + 1,
            clearing.generation(),
            -state.bytes(),
            clearing.generation() - state.generation()),
        List.of(clearing),
        new Answers(core.identity.tenantId()));
  }

  private void decideNext() {
    int most = Math.min(core.settings().batchOperations(), awaited);
    List<Item> batch = pin(queue.batch(most, core.settings().batchBytes()));
    if (loading > 0) {
      awaited = batch.size();
      return;
    }
    awaited = Integer.MAX_VALUE;
    queue.take(batch);
    decide(batch);
    pinned = Map.of();
  }

  /**
   * Keeps the pages of all keys of the batch in memory and asks for those that are not there. The
   * batch ends where it would ask for too many.
   */
  private List<Item> pin(List<Item> batch) {
    if (core.state.manifest().pages().isEmpty()) {
      return batch;
    }
    if (pinned.isEmpty()) {
      pinned = new HashMap<>();
    }
    for (int i = 0; i < batch.size(); i++) {
      if (loading >= PageLoads.AT_ONCE) {
        return batch.subList(0, i);
      }
      switch (batch.get(i)) {
        case Asked asked -> pin(asked.operation());
        case Expiring expiring -> pin(expiring.key());
        case Alone _, Clearing _ -> throw new IllegalStateException("does not join a batch");
      }
    }
    return batch;
  }

  private void pin(Operation.OnMap operation) {
    switch (operation) {
      case Operation.Get get -> pin(get.key());
      case Operation.Write write -> {
        pin(write.key());
        Idempotency idempotency = write.idempotency();
        if (idempotency != null) {
          pin(Receipt.keyOf(idempotency.key()));
        }
      }
      case Operation.Scan _ -> throw new IllegalStateException("does not join a batch");
    }
  }

  private void pin(Key key) {
    PageReference reference = core.state.page(key);
    if (reference == null
        || core.state.recent(key) != null
        || pinned.containsKey(reference.number())) {
      return;
    }
    Page page = loads.resident(reference);
    if (page != null) {
      pinned.put(reference.number(), page);
      return;
    }
    loading++;
    loads.load(
        reference,
        loaded -> {
          if (loaded != null) {
            pinned.put(reference.number(), loaded);
          }
          loading--;
        });
  }

  private void decide(List<Item> batch) {
    BatchDecision decision =
        new BatchDecision(core.state, this::pinnedPage, core.account, core.now());
    Answers now = new Answers(core.identity.tenantId());
    Answers whenWritten = new Answers(core.identity.tenantId());
    for (Item item : batch) {
      switch (item) {
        case Asked asked -> decide(asked, decision, now, whenWritten);
        case Expiring expiring -> decision.expire(expiring.key());
        case Alone _, Clearing _ -> throw new IllegalStateException("does not join a batch");
      }
    }
    now.send();
    if (decision.rejectedOperations() > 0) {
      core.meter.rejected(decision.now(), decision.rejectedOperations());
      core.account.addUnusedOperations(decision.rejectedOperations());
      core.tenant.accept(new MapReport.CapReached(core.identity.map()));
    }
    if (decision.repeatedOperations() > 0) {
      core.meter.repeated(decision.now(), decision.repeatedOperations());
    }
    MapEvent.EntriesChanged event = decision.event();
    if (event != null) {
      write(event, batch, whenWritten);
      return;
    }
    if (decision.writeOperations() > 0) {
      core.meter.write(decision.now(), decision.writeOperations(), decision.bytesIn(), 0);
    }
    queue.committed(batch);
    whenWritten.send();
  }

  private void decide(Asked asked, BatchDecision decision, Answers now, Answers whenWritten) {
    switch (asked.operation()) {
      case Operation.Write write ->
          whenWritten.add(asked.request(), asked.index(), decision.write(write));
      case Operation.Get get -> {
        Answers answers = decision.hasChanged(get.key()) ? whenWritten : now;
        Outcome outcome = decision.get(get.key());
        if (outcome instanceof Outcome.Found found) {
          core.read(found.value().length);
        }
        answers.add(asked.request(), asked.index(), outcome);
      }
      case Operation.Scan _ -> throw new IllegalStateException("does not join a batch");
    }
  }

  private Page pinnedPage(PageReference reference) {
    Page page = pinned.get(reference.number());
    if (page == null) {
      throw new IllegalStateException("page " + reference.number() + " was not pinned");
    }
    return page;
  }

  private void write(MapEvent event, List<Item> batch, Answers answers) {
    inFlight = new InFlight(event, batch, answers);
    stream.append(event);
  }
}
