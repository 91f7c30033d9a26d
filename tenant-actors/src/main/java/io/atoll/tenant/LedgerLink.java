package io.atoll.tenant;

import io.atoll.ledger.LedgerCommand;
import io.atoll.ledger.LedgerEnvironment;
import io.atoll.ledger.LedgerIdentity;
import io.atoll.ledger.LedgerReport;
import io.atoll.ledger.UsageLedger;
import io.atoll.ledger.Watermark;
import io.atoll.map.MapReport;
import io.atoll.tenant.TenantState.Present;
import io.atoll.usage.UsageBucket;
import io.atoll.usage.UsageMeter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.jspecify.annotations.Nullable;

/** The tenant's side of its usage ledger: the ledger actor and the readers that wait for it. */
final class LedgerLink {
  private final TenantCore core;
  private final UsageMeter meter;

  /** Empty, and not to be changed, while nobody reads. */
  private Map<Long, TenantCommand.ReadUsage> readers = Map.of();

  private long incarnation;
  private @Nullable ActorRef<LedgerCommand> ledger;
  private long correlation;
  private long spawned;
  private boolean stopping;

  /** Whether the ledger has metered what the maps wrote before they started. */
  private boolean caughtUp;

  /** Whether the ledger was told anything since it was last asked to rest. */
  private boolean used;

  private boolean resting;

  /** What waits while the ledger decides whether it rests; null while it does not. */
  private @Nullable List<LedgerCommand> held;

  LedgerLink(TenantCore core, UsageMeter meter) {
    this.core = core;
    this.meter = meter;
  }

  /** Starts the ledger, which first meters what the maps wrote after its watermarks. */
  void start(Present state) {
    incarnation = state.incarnation();
    spawn(UsageLedger.Start.CATCH_UP, streams(state));
  }

  /**
   * Lets the ledger leave memory if it was told nothing since the last time: it comes back when
   * there is something to tell it, and has not missed anything then, for all that the maps meter
   * comes through here.
   */
  void rest() {
    boolean idle = !used && caughtUp && held == null && readers.isEmpty() && !stopping;
    if (ledger != null && idle) {
      ledger.tell(new LedgerCommand.Rest());
      held = new ArrayList<>(0);
    }
    used = false;
  }

  /** The ledger has written all down and leaves memory. */
  void resting() {
    resting = true;
  }

  /** The ledger goes on. */
  void stayed() {
    List<LedgerCommand> waiting = held;
    held = null;
    if (waiting != null) {
      waiting.forEach(this::tell);
    }
  }

  /** All streams were metered to their ends. */
  void ready() {
    caughtUp = true;
  }

  private void spawn(UsageLedger.Start start, Map<String, String> streams) {
    ActorRef<LedgerReport> reports =
        core.context()
            .messageAdapter(LedgerReport.class, report -> new TenantSignal.FromLedger(report));
    LedgerEnvironment environment =
        new LedgerEnvironment(
            core.environment().ledgerSettings(),
            core.environment().usageTable(),
            core.environment().time(),
            core.environment().maps().journal());
    ActorRef<LedgerCommand> child =
        core.context()
            .spawn(
                UsageLedger.create(environment, identity(streams), reports, start),
                "ledger-" + ++spawned,
                DispatcherSelector.sameAsParent());
    core.context().watchWith(child, new TenantSignal.LedgerEnded(child));
    ledger = child;
  }

  private Map<String, String> streams(Present state) {
    Map<String, String> streams = new TreeMap<>();
    for (String map : state.tenant().maps().keySet()) {
      streams.put(map, PersistenceIds.map(core.tenantId(), state.incarnation(), map));
    }
    return streams;
  }

  private LedgerIdentity identity(Map<String, String> streams) {
    return new LedgerIdentity(
        core.tenantId(),
        incarnation,
        PersistenceIds.ledger(core.tenantId(), incarnation),
        streams);
  }

  /** Whether somebody waits for usage. */
  boolean isRead() {
    return !readers.isEmpty();
  }

  boolean isRunning() {
    return ledger != null;
  }

  /** Takes note that the ledger has ended. Returns false if it was another one, or rests. */
  boolean ended(ActorRef<LedgerCommand> child) {
    boolean present = child.equals(ledger);
    if (present) {
      ledger = null;
      if (resting) {
        resting = false;
        stayed();
        return false;
      }
      caughtUp = false;
      held = null;
      readers
          .values()
          .forEach(reader -> reader.replyTo().tell(new TenantReply.Refused(Refusals.UNAVAILABLE)));
      readers = Map.of();
    }
    return present;
  }

  void fold(MapReport.Metered report) {
    tell(new LedgerCommand.Fold(report.minutes(), Watermark.of(report)));
  }

  /** Hands over what the tenant itself has counted. */
  void foldOwn() {
    List<UsageBucket> own = meter.take(core.now());
    if (!own.isEmpty()) {
      tell(new LedgerCommand.Fold(own, null));
    }
  }

  /** Stops the ledger once everything is written down; may be called again. */
  void stop() {
    if (!stopping) {
      stopping = true;
      foldOwn();
      if (ledger == null) {
        caughtUp = false;
      } else {
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
      held.add(command);
      return;
    }
    used = true;
    if (ledger == null && caughtUp) {
      spawn(UsageLedger.Start.GO_ON, Map.of());
    }
    if (ledger != null) {
      ledger.tell(command);
    }
  }
}
