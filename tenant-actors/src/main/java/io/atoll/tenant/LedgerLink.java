package io.atoll.tenant;

import io.atoll.ledger.LedgerCommand;
import io.atoll.ledger.LedgerEnvironment;
import io.atoll.ledger.LedgerIdentity;
import io.atoll.ledger.LedgerReport;
import io.atoll.ledger.UsageLedger;
import io.atoll.ledger.Watermark;
import io.atoll.tenant.TenantState.Present;
import io.atoll.usage.UsageBucket;
import io.atoll.usage.UsageMeter;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.jspecify.annotations.Nullable;

/**
 * The tenant's side of its usage ledger: the ledger actor and the readers that wait for it. A
 * ledger that has nothing to do leaves memory, and comes back when there is something for it.
 */
final class LedgerLink {
  private final TenantCore core;
  private final UsageMeter meter;
  private final Starter starter;

  /** Who waits for usage, by the number of the question; empty, and shared, for nobody. */
  private Map<Long, TenantCommand.ReadUsage> readers = Map.of();

  private @Nullable ActorRef<LedgerCommand> ledger;

  /** Whether the ledger is to be started when there is something for it, and nothing to meter. */
  private boolean startable;

  /** What waits for the successor of a ledger that leaves memory; null while none leaves. */
  private @Nullable ArrayDeque<LedgerCommand> held;

  private long incarnation;

  /** How much was folded into the present ledger, and how much of it is settled. */
  private long folds;

  private long settled;
  private long correlation;
  private long spawned;
  private boolean stopping;

  /** Starts a ledger's actor, of whose end the tenant is told. */
  @FunctionalInterface
  interface Starter {
    ActorRef<LedgerCommand> start(LedgerIdentity identity, String name);
  }

  LedgerLink(TenantCore core, UsageMeter meter) {
    this(core, meter, (identity, name) -> spawn(core, identity, name));
  }

  LedgerLink(TenantCore core, UsageMeter meter, Starter starter) {
    this.core = core;
    this.meter = meter;
    this.starter = starter;
  }

  /** Starts the ledger, which first meters what the maps wrote after its watermarks. */
  void start(Present state) {
    incarnation = state.incarnation();
    Map<String, String> streams = new HashMap<>();
    for (String map : state.tenant().maps().keySet()) {
      streams.put(map, PersistenceIds.map(core.tenantId(), state.incarnation(), map));
    }
    spawn(streams);
  }

  /** Starts the ledger of a tenant that has no maps yet when there is something to write in it. */
  void startWhenNeeded(Present state) {
    incarnation = state.incarnation();
    startable = true;
  }

  private void spawn(Map<String, String> streams) {
    String stream = PersistenceIds.ledger(core.tenantId(), incarnation);
    ledger =
        starter.start(
            new LedgerIdentity(core.tenantId(), incarnation, stream, streams),
            "ledger-" + ++spawned);
    folds = 0;
    settled = -1;
  }

  private static ActorRef<LedgerCommand> spawn(
      TenantCore core, LedgerIdentity identity, String name) {
    ActorRef<TenantCommand> self = core.self();
    LedgerEnvironment environment =
        new LedgerEnvironment(
            core.environment().ledgerSettings(),
            core.environment().usageTable(),
            core.environment().time(),
            core.environment().maps().journal(),
            core.environment().maps().store());
    ActorRef<LedgerCommand> child =
        core.context()
            .spawn(
                UsageLedger.create(
                    environment,
                    identity,
                    report -> self.tell(new TenantSignal.FromLedger(report))),
                name,
                DispatcherSelector.sameAsParent());
    core.context().watchWith(child, new TenantSignal.LedgerEnded(child));
    return child;
  }

  /** Whether somebody waits for usage. */
  boolean isRead() {
    return !readers.isEmpty();
  }

  boolean isRunning() {
    return ledger != null;
  }

  /**
   * Takes note that the ledger has ended. Returns false if it was another one, or one that left and
   * has a successor when it is needed.
   */
  boolean ended(ActorRef<LedgerCommand> child) {
    if (!child.equals(ledger)) {
      return false;
    }
    ledger = null;
    if (held != null) {
      return replaced(held);
    }
    refuseReaders();
    return true;
  }

  /** Says to all that wait for usage that it cannot be read now. */
  void refuseReaders() {
    readers
        .values()
        .forEach(reader -> reader.replyTo().tell(new TenantReply.Refused(Refusals.UNAVAILABLE)));
    readers = Map.of();
  }

  private boolean replaced(ArrayDeque<LedgerCommand> waiting) {
    held = null;
    startable = !stopping || !waiting.isEmpty();
    waiting.forEach(this::tell);
    return stopping && ledger == null;
  }

  /** All that the first so many folds brought is written down and shipped. */
  void settled(long count) {
    settled = count;
  }

  /** Lets the ledger leave memory if all that it was told is settled. */
  void rest() {
    if (ledger != null && held == null && !stopping && folds == settled && readers.isEmpty()) {
      tell(new LedgerCommand.Stop());
      held = new ArrayDeque<>(0);
    }
  }

  /** Hands over what a map has counted, and how far it is metered with that. */
  void fold(List<UsageBucket> minutes, @Nullable Watermark mark) {
    tell(new LedgerCommand.Fold(minutes, mark));
  }

  /** Hands over what the tenant itself has counted. */
  void foldOwn() {
    List<UsageBucket> own = meter.take(core.now());
    if (!own.isEmpty()) {
      fold(own, null);
    }
  }

  /** Stops the ledger once everything is written down; may be called again. */
  void stop() {
    if (!stopping) {
      stopping = true;
      foldOwn();
      startable = false;
      if (held == null || !held.isEmpty()) {
        tell(new LedgerCommand.Stop());
      }
    }
  }

  /** Reads usage; all that is to be in it must have been folded. */
  void read(TenantCommand.ReadUsage command) {
    if (readers.isEmpty()) {
      readers = new HashMap<>();
    }
    readers.put(++correlation, command);
    tell(new LedgerCommand.Read(correlation, command.period(), command.from(), command.to()));
  }

  /** Answers the reader that this is for. */
  void answer(LedgerReport.UsageRead read) {
    TenantCommand.ReadUsage reader = readers.isEmpty() ? null : readers.remove(read.correlation());
    if (readers.isEmpty()) {
      readers = Map.of();
    }
    List<UsageBucket> buckets = read.buckets();
    if (reader != null) {
      reader
          .replyTo()
          .tell(
              buckets == null
                  ? new TenantReply.Refused(Refusals.UNAVAILABLE)
                  : new TenantReply.UsageRead(core.tenantId(), reader.period(), buckets));
    }
  }

  private void tell(LedgerCommand command) {
    if (held != null) {
      held.addLast(command);
      return;
    }
    if (startable) {
      startable = false;
      spawn(Map.of());
    }
    if (ledger != null) {
      folds += command instanceof LedgerCommand.Fold ? 1 : 0;
      ledger.tell(command);
    }
  }
}
