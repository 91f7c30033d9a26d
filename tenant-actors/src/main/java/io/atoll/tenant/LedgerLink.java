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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.jspecify.annotations.Nullable;

/** The tenant's side of its usage ledger: the ledger actor and the readers that wait for it. */
final class LedgerLink {
  private final TenantCore core;
  private final UsageMeter meter;

  /** Who waits for usage, by the number of the question; empty, and shared, for nobody. */
  private Map<Long, TenantCommand.ReadUsage> readers = Map.of();

  private @Nullable ActorRef<LedgerCommand> ledger;

  /** Whose ledger is to be started when there is something to write in it; -1 for none. */
  private long unstarted = -1;

  private long correlation;
  private long spawned;
  private boolean stopping;

  LedgerLink(TenantCore core, UsageMeter meter) {
    this.core = core;
    this.meter = meter;
  }

  /** Starts the ledger, which first meters what the maps wrote after its watermarks. */
  void start(Present state) {
    Map<String, String> streams = new HashMap<>();
    for (String map : state.tenant().maps().keySet()) {
      streams.put(map, PersistenceIds.map(core.tenantId(), state.incarnation(), map));
    }
    spawn(state.incarnation(), streams);
  }

  /** Starts the ledger of a tenant that has no maps yet when there is something to write in it. */
  void startWhenNeeded(Present state) {
    unstarted = state.incarnation();
  }

  private void spawn(long incarnation, Map<String, String> streams) {
    String stream = PersistenceIds.ledger(core.tenantId(), incarnation);
    LedgerIdentity identity = new LedgerIdentity(core.tenantId(), incarnation, stream, streams);
    ActorRef<TenantCommand> self = core.self();
    Consumer<LedgerReport> reports = report -> self.tell(new TenantSignal.FromLedger(report));
    LedgerEnvironment environment =
        new LedgerEnvironment(
            core.environment().ledgerSettings(),
            core.environment().usageTable(),
            core.environment().time(),
            core.environment().maps().journal());
    ActorRef<LedgerCommand> child =
        core.context()
            .spawn(
                UsageLedger.create(environment, identity, reports),
                "ledger-" + ++spawned,
                DispatcherSelector.sameAsParent());
    core.context().watchWith(child, new TenantSignal.LedgerEnded(child));
    ledger = child;
  }

  /** Whether somebody waits for usage. */
  boolean isRead() {
    return !readers.isEmpty();
  }

  boolean isRunning() {
    return ledger != null;
  }

  /** Takes note that the ledger has ended. Returns false if it was another one. */
  boolean ended(ActorRef<LedgerCommand> child) {
    boolean present = child.equals(ledger);
    if (present) {
      ledger = null;
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
      unstarted = -1;
      tell(new LedgerCommand.Stop());
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
    if (unstarted >= 0) {
      spawn(unstarted, Map.of());
      unstarted = -1;
    }
    if (ledger != null) {
      ledger.tell(command);
    }
  }
}
