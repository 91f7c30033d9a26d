package io.atoll.tenant;

import io.atoll.ledger.LedgerReport;
import io.atoll.ledger.Watermark;
import io.atoll.map.MapCommand;
import io.atoll.map.MapReport;
import io.atoll.map.MeteredTo;
import io.atoll.map.Outcome;
import io.atoll.plan.EffectivePlan;
import io.atoll.plan.Tier;
import io.atoll.quota.Account;
import io.atoll.quota.ActionLimits;
import io.atoll.quota.ActionUse;
import io.atoll.quota.Denial;
import io.atoll.quota.FlowUse;
import io.atoll.quota.Quota;
import io.atoll.quota.QuotaTracker;
import io.atoll.quota.QuotaUsage;
import io.atoll.quota.Quotas;
import io.atoll.tenant.TenantState.Present;
import io.atoll.usage.UsageMeter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that a tenant needs in memory to serve: its counters, maps, sessions and ledger. It is ready
 * once the ledger has metered what was missing and says what the maps hold.
 */
final class Service {
  private static final int COLLECT_ALL_EVERY = 5;
  private static final Duration WAKE_PAUSE = Duration.ofSeconds(10);

  private final TenantCore core;
  private final QuotaTracker tracker;
  private final Account account;
  private final ActionLimits actions;
  private final UsageMeter meter;
  private final KeyUses uses;
  private final MapFleet maps;
  private final Sessions sessions;
  private final LedgerLink ledger;
  private final Admission admission;
  private final QuotaNotices notices = new QuotaNotices();
  private final UsageRound round = new UsageRound();
  private final Map<String, Watermark> sizes = new HashMap<>(1);
  private Tier tier;
  private boolean ready;
  private boolean restored;
  private int minutes;
  private long wokenNanos;

  Service(TenantCore core, Present state) {
    EffectivePlan effective = core.situation().effective(state.tenant().spec());
    this.core = core;
    this.tracker = tracker(effective.quotas(), state.tenant().flows());
    this.account = Account.of(effective.quotas());
    this.account.onLevelReached(() -> core.self().tell(new TenantSignal.LevelReached()));
    this.actions = ActionRules.resumed(state.tenant());
    this.meter = new UsageMeter(core.now());
    this.uses = new KeyUses(state.tenant().lastUsedAt());
    this.maps =
        new MapFleet(
            core, state.incarnation(), account, this::meteredTo, retentionMs(effective.quotas()));
    this.sessions = new Sessions(core, tracker, meter);
    this.ledger = new LedgerLink(core, meter);
    this.admission = new Admission(core, this);
    this.tier = effective.plan().tier();
    this.wokenNanos = core.nanos() - WAKE_PAUSE.toNanos();
  }

  private QuotaTracker tracker(Quotas quotas, @Nullable FlowUse used) {
    QuotaTracker resumed = new QuotaTracker(quotas, core.nanos());
    if (used != null) {
      resumed.resume(used, core.now(), core.nanos());
    }
    return resumed;
  }

  QuotaTracker tracker() {
    return tracker;
  }

  Account account() {
    return account;
  }

  ActionLimits actions() {
    return actions;
  }

  UsageMeter meter() {
    return meter;
  }

  KeyUses uses() {
    return uses;
  }

  MapFleet maps() {
    return maps;
  }

  Sessions sessions() {
    return sessions;
  }

  LedgerLink ledger() {
    return ledger;
  }

  Admission admission() {
    return admission;
  }

  Tier tier() {
    return tier;
  }

  boolean isReady() {
    return ready;
  }

  /** Starts a tenant that has had nothing ever: there is nothing to wait for. */
  void startEmpty(Present state) {
    ledger.startWhenNeeded(state);
    restored = true;
    ready = true;
  }

  /** Takes note of what the ledger says. */
  void reported(Present state, LedgerReport report) {
    switch (report) {
      case LedgerReport.Ready it -> ready(state, it);
      case LedgerReport.Failed failed ->
          core.context()
              .getLog()
              .error("the maps of tenant {} cannot be read: {}", core.tenantId(), failed.reason());
      case LedgerReport.Recorded recorded -> recorded(recorded);
      case LedgerReport.Settled settled -> ledger.settled(settled.folds());
      case LedgerReport.UsageRead read -> ledger.answer(read);
    }
  }

  /** Takes over what the maps hold, by the ledger's account; drops that were cut off go on. */
  private void ready(Present state, LedgerReport.Ready report) {
    if (restored) {
      return;
    }
    restored = true;
    for (Watermark map : report.maps()) {
      sizes.put(map.map(), map);
      account.restore(map.entries(), map.bytes());
    }
    ready = true;
    state
        .tenant()
        .maps()
        .forEach((map, slot) -> {
          if (slot.clearing()) {
            maps.tell(map, slot.generation(), new MapCommand.Clear(slot.generation()));
          }
        });
    core.self().tell(new TenantSignal.Started());
  }

  /** Takes note of time that is over and of sessions that have ended. */
  void signalled(Present state, TenantSignal.OfService signal) {
    switch (signal) {
      case TenantSignal.LevelReached reached -> considerNotices();
      case TenantSignal.NoticesDue due -> tellNotices(state);
      case TenantSignal.KeyExpiryDue due -> sessions.endExpired(state.tenant().keys());
      case TenantSignal.SessionEnded ended -> sessions.ended(ended);
      case TenantSignal.CollectOver over -> round.finish();
    }
  }

  /** Takes note of a map that has ended. Returns false if it was not told to. */
  boolean ended(TenantSignal.MapEnded ended) {
    boolean told = maps.ended(ended.map(), ended.child());
    round.done(ended.map());
    return told;
  }

  /** Takes note of a ledger that has ended. Returns false if it was not the present one. */
  boolean ended(TenantSignal.LedgerEnded ended) {
    return ledger.ended(ended.child());
  }

  /** Folds what was metered since the last minute into the ledger; if nothing was, it may rest. */
  void collect() {
    tracker.rest(core.nanos());
    ledger.foldOwn();
    if (!maps.collect(minutes++ % COLLECT_ALL_EVERY == 0)) {
      ledger.rest();
    }
  }

  /** Puts the quotas in force that follow from the state and the plans as they are now. */
  void requota(Present state) {
    EffectivePlan effective = core.situation().effective(state.tenant().spec());
    Quotas quotas = effective.quotas();
    tier = effective.plan().tier();
    tracker.update(quotas, core.nanos());
    account.limits(quotas.limit(Quota.ENTRIES), quotas.limit(Quota.STORAGE_BYTES));
    actions.retain(quotas.actions().keySet());
    maps.retention(retentionMs(quotas));
  }

  /** Why one more entry of this many bytes would not fit; null if it would. */
  @Nullable Denial room(long bytes) {
    return account.check(1, bytes);
  }

  /**
   * A cap has refused a growth. Maps that are not in memory may hold entries whose time is over and
   * that count until they are removed: some of those maps start, now and then, and remove them.
   */
  void capReached(Tenant tenant) {
    if (core.nanos() - wokenNanos >= WAKE_PAUSE.toNanos()) {
      wokenNanos = core.nanos();
      maps.wake(tenant.maps());
    }
  }

  /** Live figures of the tenant. */
  QuotaUsage usage(Present state) {
    return tracker.usage(core.nanos(), state.tenant().liveMaps(), account);
  }

  /** The live maps with their sizes as last reported. */
  List<Outcome.MapSize> listMaps(Tenant tenant) {
    return tenant.maps().entrySet().stream()
        .filter(map -> map.getValue().live())
        .map(map -> size(map.getKey()))
        .toList();
  }

  private Outcome.MapSize size(String map) {
    Watermark size = sizes.get(map);
    return size == null
        ? new Outcome.MapSize(map, 0, 0)
        : new Outcome.MapSize(map, size.entries(), size.bytes());
  }

  /** Runs this once all maps in memory have reported what they metered. */
  void fresh(Runnable whenReported) {
    round.join(maps.names(), whenReported);
    maps.collect(true);
    if (round.isComplete()) {
      round.finish();
    } else {
      core.later(new TenantSignal.CollectOver(), core.settings().collectTimeout());
    }
  }

  /** Folds a map's report into the ledger, unless it says nothing new. */
  void metered(MapReport.Metered report) {
    Watermark mark = Watermark.of(report);
    Watermark before = sizes.put(report.map(), mark);
    if (!report.minutes().isEmpty() || !mark.equals(before)) {
      ledger.fold(report.minutes(), mark);
    }
    round.done(report.map());
  }

  /** A map that was never metered is new: its stream has no events. */
  private MeteredTo meteredTo(String map) {
    Watermark mark = sizes.get(map);
    return mark == null ? MeteredTo.NOTHING : mark.meteredTo();
  }

  /** Tells the maps how far their usage is written down. */
  private void recorded(LedgerReport.Recorded report) {
    for (Watermark mark : report.watermarks()) {
      maps.tellIfHot(mark.map(), new MapCommand.UsageRecorded(mark.sequenceNr()));
    }
  }

  /** Tells the sessions what they should know about the quotas. */
  private void tellNotices(Present state) {
    notices.notices(core.tenantId(), tracker.quotas(), usage(state)).forEach(sessions::tellAll);
  }

  /** Makes sure that the sessions are told before long. */
  void considerNotices() {
    if (!sessions.isEmpty() && !core.isLater(TenantSignal.NoticesDue.class)) {
      core.later(new TenantSignal.NoticesDue(), core.settings().noticeInterval());
    }
  }

  /** Whether nothing is under way and nobody is connected. */
  boolean isIdle() {
    return maps.isEmpty() && sessions.isEmpty() && round.isIdle() && !admission.isDropping();
  }

  /** Whether the tenant may leave memory at once: what its maps were told is finished first. */
  boolean mayMakeRoom() {
    return ready
        && sessions.isEmpty()
        && round.isIdle()
        && !admission.isDropping()
        && !ledger.isRead();
  }

  /** What has to be written down when the tenant leaves memory. */
  List<TenantEvent> lastEvents(Present state) {
    List<TenantEvent> events = new ArrayList<>();
    uses.take().ifPresent(events::add);
    List<ActionUse> changed = ActionRules.changed(state, actions, core.situation());
    admission.settle(core.nanos());
    FlowUse flows = tracker.use(core.nanos(), core.now()).orElse(null);
    if (!changed.isEmpty() || flows != null || state.tenant().flows() != null) {
      events.add(new TenantEvent.UsesKept(core.now(), changed, flows));
    }
    return events;
  }

  /** The bytes of memory that the tenant needs about. */
  long weight() {
    List<@Nullable Watermark> hot = new ArrayList<>();
    maps.names().forEach(map -> hot.add(sizes.get(map)));
    return HotWeight.of(hot, core.environment().maps().settings());
  }

  /** Says of all that waits for an answer that there is none now. */
  void refuseWaiting() {
    maps.refuseHeld();
    admission.refuseDrops();
    ledger.refuseReaders();
  }

  /** Starts to stop: the maps first, the ledger after them. */
  void drain() {
    ready = false;
    maps.stopAll();
    drained();
  }

  /** Goes on stopping; returns whether everything has stopped. */
  boolean drained() {
    if (maps.isEmpty()) {
      round.finish();
      ledger.stop();
    }
    return maps.isEmpty() && !ledger.isRunning();
  }

  private static long retentionMs(Quotas quotas) {
    long hours = quotas.limit(Quota.RETENTION_HOURS);
    return hours == Quota.UNLIMITED ? -1 : Duration.ofHours(hours).toMillis();
  }
}
