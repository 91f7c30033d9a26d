package io.atoll.tenant;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.atoll.access.KeyMode;
import io.atoll.access.Scope;
import io.atoll.map.Idempotency;
import io.atoll.map.Key;
import io.atoll.map.OperateReply;
import io.atoll.map.Operation;
import io.atoll.map.Outcome;
import io.atoll.map.WatchReply;
import io.atoll.map.WatchSignal;
import io.atoll.plan.Tier;
import io.atoll.quota.ActionLimit;
import io.atoll.quota.ActionStatus;
import io.atoll.quota.Denial;
import io.atoll.quota.Quota;
import io.atoll.quota.QuotaOverrides;
import io.atoll.quota.QuotaPatch;
import io.atoll.quota.Quotas;
import io.atoll.quota.RateStatus;
import io.atoll.refusal.ErrorCode;
import io.atoll.refusal.Refusal;
import io.atoll.tenant.TenantPatch.Change;
import io.atoll.usage.Period;
import io.atoll.usage.UsageBucket;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * One of everything that nodes send each other, with every field set and with none that can be left
 * out; never changed, only added to.
 */
final class SentSamples {
  static final String SECRET = "s3cr3t-of-a-key";

  private static final long AT = 1_700_000_000_000L;
  private static final Idempotency PROMISE = new Idempotency("again", "print");

  private final Map<String, Object> all = new TreeMap<>();
  private final ActorRef<TenantReply> replyTo;

  private SentSamples(ActorRef<?> reference) {
    this.replyTo = reference.unsafeUpcast();
    operations();
    sessions();
    lives();
    keys();
    readings();
    replies();
    figures();
    notices();
    outcomes();
    watches();
  }

  /** The samples by the names of their fixtures; all actors in them are this one. */
  static Map<String, Object> all(ActorRef<?> reference) {
    return new SentSamples(reference).all;
  }

  private void operations() {
    Key key = Key.of("k\u00e9y");
    List<Operation> operations =
        List.of(
            new Operation.Get("users", key),
            new Operation.Set("users", key, json("{\"a\":1}"), 7, 5_000, PROMISE),
            new Operation.Set("other", key, json("2"), Operation.ANY, Operation.FOREVER, null),
            new Operation.Delete("other", key, Operation.PRESENT, PROMISE),
            new Operation.Delete("other", key, Operation.ABSENT, null),
            new Operation.Scan("users", Key.of("k"), key, 100, true),
            new Operation.Scan("users", Key.of(""), null, 1, false),
            new Operation.ListMaps(),
            new Operation.DropMap("users", PROMISE),
            new Operation.DropMap("users", null));
    put(
        "operate",
        new TenantCommand.Operate(
            Caller.key("key1"), AT, operations, PROMISE, true, replyTo.unsafeUpcast()));
    put(
        "operate-least",
        new TenantCommand.Operate(Caller.TOKEN, -1, List.of(), replyTo.unsafeUpcast()));
  }

  private void sessions() {
    put("open", open(Caller.key("key1"), true, false));
    put("open-admin", open(Caller.ADMIN, false, true));
    put("open-token", open(Caller.TOKEN, true, true));
    put("close", new TenantCommand.CloseSession("session"));
    put("verify", new TenantCommand.VerifyKey("key1", SECRET.getBytes(UTF_8), replyTo));
    put(
        "watch",
        new TenantCommand.Watch(
            Caller.ADMIN, 3, "users", Key.of("k\u00e9"), AT, replyTo.unsafeUpcast()));
    put(
        "watch-all",
        new TenantCommand.Watch(
            Caller.key("key1"), 4, "users", Key.of(""), -1, replyTo.unsafeUpcast()));
    put("plans", new TenantCommand.PlansChanged());
    put("arrive", new TenantCommand.Arrive(replyTo));
    put("depart", new TenantCommand.Depart(replyTo));
    put("stop", new TenantCommand.Stop());
  }

  private TenantCommand open(Caller caller, boolean counted, boolean resumed) {
    return new TenantCommand.OpenSession(
        caller, "session", counted, resumed, replyTo.unsafeUpcast(), replyTo);
  }

  private void lives() {
    put("create", new TenantCommand.Create(spec(), PROMISE, replyTo));
    put("create-least", new TenantCommand.Create(Tenants.FREE, null, replyTo));
    put("promise", new TenantCommand.Promise(PROMISE, replyTo));
    put("describe", new TenantCommand.Describe(replyTo));
    put("update", new TenantCommand.Update(patch(), 7, replyTo));
    put("update-nothing", new TenantCommand.Update(Tenants.patch(), -1, replyTo));
    put("update-to-defaults", new TenantCommand.Update(defaults(), 7, replyTo));
    for (TenantStatus status : TenantStatus.values()) {
      TenantPatch patch = new TenantPatch(null, null, status, null, Map.of(), null, null, null);
      put("update-" + status.apiName(), new TenantCommand.Update(patch, -1, replyTo));
    }
    put("remove", new TenantCommand.Remove(true, PROMISE, replyTo));
    put("remove-softly", new TenantCommand.Remove(false, null, replyTo));
    put("sweep", new TenantCommand.Sweep(replyTo));
  }

  private void keys() {
    for (KeyMode mode : KeyMode.values()) {
      put(
          "make-key-" + mode.apiName(),
          new TenantCommand.MakeKey("ci", Set.of(Scope.values()), mode, AT, PROMISE, replyTo));
    }
    put("make-key-least", new TenantCommand.MakeKey("", Set.of(), KeyMode.TEST, -1, null, replyTo));
    put("list-keys", new TenantCommand.ListKeys(replyTo));
    put("revoke-key", new TenantCommand.RevokeKey("key1", replyTo));
    put("read-action", new TenantCommand.ReadAction("sync", replyTo));
    put("use-action", new TenantCommand.UseAction("sync", 3, PROMISE, replyTo));
    put("use-action-least", new TenantCommand.UseAction("sync", 1, null, replyTo));
    put("reset-action", new TenantCommand.ResetAction("sync", replyTo));
    put("end-migration", new TenantCommand.EndMigration(Samples.migration(), replyTo));
    put("end-migration-failed", new TenantCommand.EndMigration(Samples.failedMigration(), replyTo));
  }

  private void readings() {
    for (Period period : Period.values()) {
      put(
          "read-usage-" + period.apiName(),
          new TenantCommand.ReadUsage(period, AT, AT + 60_000, replyTo));
    }
    put("read-stats", new TenantCommand.ReadStats(replyTo));
    put("sample-stats", new TenantCommand.SampleStats(replyTo));
    put("read-rate", new TenantCommand.ReadRate(replyTo));
  }

  private void replies() {
    put("described", new TenantReply.Described(view(TenantStatus.SUSPENDED, "a@example.org")));
    put("described-least", new TenantReply.Described(view(TenantStatus.DELETED, null)));
    put("accepted", new TenantReply.Accepted());
    for (ErrorCode code : ErrorCode.values()) {
      put("refused-" + code, new TenantReply.Refused(Refusal.of(code, "why")));
    }
    put("refused-by-quota", new TenantReply.Refused(Refusal.of("acme", denial(true))));
    put("refused-by-rate", new TenantReply.Refused(Refusal.of(denial(false))));
    put("key-made", new TenantReply.KeyMade(keyView(), SECRET));
    put("keys", new TenantReply.KeysListed(List.of(keyView(), keyView())));
    put("keys-none", new TenantReply.KeysListed(List.of()));
    put("verified", new TenantReply.KeyVerified("key1", Set.of(Scope.READ, Scope.WRITE), AT));
    for (Tier tier : Tier.values()) {
      put("opened-" + tier, new TenantReply.SessionOpened("session", tier));
    }
  }

  private void figures() {
    put("usage", new TenantReply.UsageRead("acme", Period.HOUR, List.of(bucket(), bucket())));
    put("usage-none", new TenantReply.UsageRead("acme", Period.DAY, List.of()));
    put(
        "stats",
        new TenantReply.StatsRead(
            "acme",
            Map.of("opsPerSecond", 2.5, "maps", 3.0),
            quotas(),
            Map.of("opsPerSecond", 0.1)));
    put("rate", new TenantReply.RateRead(rate()));
    put("action", new TenantReply.ActionRead(new ActionStatus("sync", 10, 60_000, 2, 8, AT)));
  }

  private void notices() {
    put("quota", new SessionNotice.QuotaNotice("acme", "storageBytes", 95.5));
    put("reopen", new SessionNotice.Reopen("acme"));
    for (SessionNotice.Reason reason : SessionNotice.Reason.values()) {
      put("end-" + reason, new SessionNotice.End("acme", reason));
    }
  }

  private void outcomes() {
    List<Outcome> outcomes =
        List.of(
            new Outcome.Written(9, true),
            new Outcome.Written(1L << 40, false),
            new Outcome.Found(json("{\"a\":1}"), 8),
            new Outcome.Removed(),
            new Outcome.Scanned(List.of(new Outcome.Item(Key.of("k"), json("1"), 3)), Key.of("l")),
            new Outcome.Scanned(List.of(new Outcome.Item(Key.of("k"), null, 3)), null),
            new Outcome.MapsListed(List.of(new Outcome.MapSize("users", 5, 600))),
            new Outcome.Refused(Refusal.of("acme", denial(true))),
            new Outcome.Refused(Refusal.of(ErrorCode.VERSION_MISMATCH, "why")));
    int[] positions = {8, 7, 6, 5, 4, 3, 2, 1, 0};
    for (Tier tier : Tier.values()) {
      put(
          "outcomes-" + tier,
          new OperateReply.Outcomes("acme", AT, positions, outcomes, tier, rate()));
    }
    Refusal refusal = Refusal.of(ErrorCode.TENANT_NOT_FOUND, "no such tenant");
    put("rejected", new OperateReply.Rejected("acme", AT, refusal, null));
    put(
        "rejected-by-rate",
        new OperateReply.Rejected("acme", 1, Refusal.of(denial(false)), rate()));
  }

  private void watches() {
    put("started", new WatchReply.Started(3, 4, replyTo.unsafeUpcast()));
    List<WatchReply.Change> changes =
        Arrays.stream(WatchReply.Kind.values())
            .map(kind -> new WatchReply.Change(AT, kind, Key.of("k"), json("1"), 8))
            .collect(Collectors.toList());
    changes.add(new WatchReply.Change(5, WatchReply.Kind.CLEAR, null, null, -1));
    put("changes", new WatchReply.Changes(3, changes));
    Refusal refusal = Refusal.of(ErrorCode.FORBIDDEN, "why");
    for (WatchReply.Reason reason : WatchReply.Reason.values()) {
      put("ended-" + reason, new WatchReply.Ended(3, reason, refusal));
    }
    put("ended-least", new WatchReply.Ended(3, WatchReply.Reason.STOPPED, null));
    for (WatchSignal signal : WatchSignal.values()) {
      put("signal-" + signal, signal);
    }
  }

  private void put(String name, Object sample) {
    all.put(name, sample);
  }

  private static TenantSpec spec() {
    return new TenantSpec(
        "Acme \u00e9",
        "pro",
        overrides(),
        Map.of("prioritySupport", true),
        "{\"a\":{\"b\":[1,2]}}",
        "a@example.org",
        new Residency(List.of("eu", "us")));
  }

  private static QuotaOverrides overrides() {
    return new QuotaOverrides(
        Map.of(Quota.MAPS, 7L, Quota.ENTRIES, -1L), Map.of("sync", new ActionLimit(10, 60_000)));
  }

  private static Quotas quotas() {
    return Quotas.builder()
        .limit(Quota.OPS_PER_SECOND, 100)
        .limit(Quota.BURST, 300)
        .action("sync", new ActionLimit(10, 60_000))
        .build();
  }

  private static TenantPatch patch() {
    QuotaPatch quotas =
        new QuotaPatch(
            Map.of(Quota.MAPS, Optional.of(7L), Quota.ENTRIES, Optional.empty()),
            Map.of("sync", Optional.of(new ActionLimit(10, 60_000)), "old", Optional.empty()),
            true);
    return new TenantPatch(
        "Acme \u00e9",
        "pro",
        TenantStatus.ACTIVE,
        quotas,
        Map.of("prioritySupport", Optional.of(true), "beta", Optional.empty()),
        "{\"a\":null}",
        new Change<>("a@example.org"),
        new Change<>(new Residency(List.of("eu"))));
  }

  private static TenantPatch defaults() {
    return new TenantPatch(
        null,
        null,
        null,
        QuotaPatch.REMOVE_ALL,
        Map.of(),
        TenantPatch.REMOVE_METADATA,
        new Change<>(null),
        new Change<>(null));
  }

  private static TenantView view(TenantStatus status, @Nullable String email) {
    return new TenantView(
        "acme",
        "Acme \u00e9",
        "pro",
        Tier.B,
        status,
        quotas(),
        overrides(),
        Map.of("prioritySupport", true),
        "{\"a\":1}",
        email,
        new Residency(List.of("eu")),
        "cell-1",
        AT,
        1_000,
        9,
        AT - 2,
        AT - 1);
  }

  private static KeyView keyView() {
    return new KeyView(
        "key1",
        "ci",
        "atl_live_key1...wxyz",
        KeyMode.LIVE,
        Set.of(Scope.READ, Scope.ADMIN),
        AT,
        AT + 1,
        AT + 2,
        -1);
  }

  private static UsageBucket bucket() {
    return new UsageBucket(28_333_333, 1, 2, 3, 4, -5, 6, 7, 8, 9, 10, 11);
  }

  private static RateStatus rate() {
    return new RateStatus(100, 300, 250, -1);
  }

  private static Denial denial(boolean cap) {
    return new Denial("storageBytes", 11, 10, cap ? Denial.NEVER : 900, cap);
  }

  private static byte[] json(String text) {
    return text.getBytes(UTF_8);
  }
}
