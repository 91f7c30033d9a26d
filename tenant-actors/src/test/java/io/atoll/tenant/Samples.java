package io.atoll.tenant;

import io.atoll.access.ApiKey;
import io.atoll.access.KeyMode;
import io.atoll.access.Scope;
import io.atoll.ledger.LedgerEvent.MinutesMetered;
import io.atoll.ledger.LedgerState;
import io.atoll.ledger.Watermark;
import io.atoll.plan.Tier;
import io.atoll.quota.ActionLimit;
import io.atoll.quota.ActionStatus;
import io.atoll.quota.ActionUse;
import io.atoll.quota.FlowUse;
import io.atoll.quota.Quota;
import io.atoll.quota.QuotaOverrides;
import io.atoll.usage.UsageBucket;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.pcollections.HashTreePMap;
import org.pcollections.OrderedPMap;
import org.pcollections.TreePMap;

/** One of everything that tenants store, with every field set; never changed, only added to. */
final class Samples {
  private static final long AT = 1_700_000_000_000L;

  private Samples() {}

  /** The samples by the names of their fixtures. */
  static Map<String, Object> all() {
    Map<String, Object> all = new TreeMap<>();
    events().forEach((name, event) -> all.put(name, event));
    TenantState state = lived();
    all.put("state-absent", new TenantState.Absent(3, new Receipts(receipts())));
    all.put("state-active", state);
    all.put(
        "state-active-used",
        Tenants.after(state, new TenantEvent.UsesKept(AT, List.of(use()), flowsOfOldBuild())));
    all.put(
        "state-active-used-whole",
        Tenants.after(state, new TenantEvent.UsesKept(AT, List.of(use()), flows())));
    all.put(
        "state-active-moved",
        Tenants.after(state, new TenantEvent.MigrationEnded(AT, migration())));
    all.put("state-suspended", Tenants.after(state, new TenantEvent.TenantSuspended(AT, 9)));
    all.put("state-deleted", deleted());
    all.put("state-purging", Tenants.after(deleted(), purge()));
    all.put("ledger-metered", metered());
    all.put(
        "ledger-state",
        new LedgerState(
            TreePMap.singleton(bucket().minute(), bucket()),
            HashTreePMap.singleton("users", watermark()),
            27,
            28));
    return all;
  }

  private static Map<String, TenantEvent> events() {
    Map<String, TenantEvent> events = new TreeMap<>();
    events.put("created", new TenantEvent.TenantCreated(AT, spec(), done()));
    events.put("created-again", new TenantEvent.TenantCreated(AT, Tenants.FREE, createdReceipt()));
    events.put("updated", new TenantEvent.TenantUpdated(AT, 2, spec()));
    events.put("suspended", new TenantEvent.TenantSuspended(AT, 3));
    events.put("activated", new TenantEvent.TenantActivated(AT, 4));
    events.put("deleted", new TenantEvent.TenantDeleted(AT, 5, done()));
    events.put("purge-started", purge());
    events.put("purged", new TenantEvent.TenantPurged(AT));
    events.put("listed", new TenantEvent.TenantListed(AT, 6));
    events.put("used", new TenantEvent.TenantUsed(AT, Map.of("key1", AT - 1)));
    events.put("key-created", new TenantEvent.KeyCreated(AT, key(), List.of("old"), keyReceipt()));
    events.put("key-revoked", new TenantEvent.KeyRevoked(AT, "key1"));
    events.put("map-created", new TenantEvent.MapCreated(AT, "users", 0));
    events.put("map-dropped", new TenantEvent.MapDropped(AT, "users", 1, done()));
    events.put("map-cleared", new TenantEvent.MapCleared(AT, "users", 1));
    events.put("action-used", new TenantEvent.ActionUsed(AT, "sync", limit(), 2, countedReceipt()));
    events.put("action-reset", new TenantEvent.ActionReset(AT, "sync"));
    events.put("actions-kept", new TenantEvent.UsesKept(AT, List.of(use()), null));
    events.put("uses-kept", new TenantEvent.UsesKept(AT, List.of(use()), flowsOfOldBuild()));
    events.put("uses-kept-whole", new TenantEvent.UsesKept(AT, List.of(use()), flows()));
    events.put("migration-ended", new TenantEvent.MigrationEnded(AT, migration()));
    events.put("migration-failed", new TenantEvent.MigrationEnded(AT, failedMigration()));
    events.put("request-promised", new TenantEvent.RequestPromised(AT, promisedReceipt()));
    return events;
  }

  private static TenantState lived() {
    return Tenants.after(
        TenantState.Absent.FIRST,
        new TenantEvent.TenantCreated(AT, spec(), createdReceipt()),
        new TenantEvent.KeyCreated(AT, key(), List.of(), keyReceipt()),
        new TenantEvent.MapCreated(AT, "users", 0),
        new TenantEvent.MapDropped(AT, "users", 1, done()),
        new TenantEvent.ActionUsed(AT, "sync", limit(), 2, countedReceipt()),
        new TenantEvent.TenantUsed(AT + 1, Map.of("key1", AT + 1)),
        new TenantEvent.TenantListed(AT, 1));
  }

  private static TenantState deleted() {
    return Tenants.after(lived(), new TenantEvent.TenantDeleted(AT + 2, 10, null));
  }

  private static TenantEvent.PurgeStarted purge() {
    return new TenantEvent.PurgeStarted(AT, done());
  }

  private static TenantSpec spec() {
    return new TenantSpec(
        "Acme \u00e9",
        "pro",
        new QuotaOverrides(Map.of(Quota.MAPS, 7L, Quota.ENTRIES, -1L), Map.of("sync", limit())),
        Map.of("prioritySupport", true),
        "{\"a\":{\"b\":[1,2]}}",
        "a@example.org",
        new Residency(List.of("eu")));
  }

  private static ActionLimit limit() {
    return new ActionLimit(10, 86_400_000);
  }

  private static ActionUse use() {
    return new ActionUse(
        "commands", List.of(new ActionUse.Stamp(AT - 2, 1), new ActionUse.Stamp(AT, 3)));
  }

  static Migration migration() {
    return new Migration(
        "m1700000000000-0a1b2c3d",
        Tenants.ID,
        "10.0.0.1:25520",
        new MoveTarget.OfNode("10.0.0.2:25520"),
        Migration.Status.COMPLETED,
        Migration.Step.RELEASE,
        82,
        null,
        AT - 100,
        AT - 10);
  }

  static Migration failedMigration() {
    return new Migration(
        "m1700000000001-0a1b2c3d",
        Tenants.ID,
        null,
        new MoveTarget.OfTier(Tier.B),
        Migration.Status.FAILED,
        Migration.Step.HOLD,
        7,
        "node 10.0.0.3:25520 does not answer",
        AT - 100,
        AT - 10);
  }

  private static FlowUse flowsOfOldBuild() {
    return new FlowUse(AT - 3, FlowUse.Bucket.of(11), 12, 13, 14);
  }

  private static FlowUse flows() {
    return new FlowUse(AT - 3, new FlowUse.Bucket(11, 20, 50), 12, 13, 14);
  }

  private static ApiKey key() {
    return new ApiKey(
        "key1",
        "ci",
        KeyMode.LIVE,
        Set.of(Scope.READ, Scope.ADMIN),
        AT,
        AT + 1_000,
        -1,
        new byte[] {1, 2},
        new byte[] {3, 4},
        "wxyz");
  }

  private static OrderedPMap<String, Receipt> receipts() {
    return Receipts.of(List.of(done(), countedReceipt())).byDigest();
  }

  private static Receipt done() {
    return new Receipt("digest-1", "print-1", AT + 5, new Receipt.Done());
  }

  private static Receipt createdReceipt() {
    return new Receipt("digest-2", "print-2", AT + 6, new Receipt.Created(spec(), AT));
  }

  private static Receipt keyReceipt() {
    return new Receipt("digest-3", "print-3", AT + 7, new Receipt.KeyIssued(key(), new byte[] {9}));
  }

  private static Receipt countedReceipt() {
    ActionStatus status = new ActionStatus("sync", 10, 86_400_000, 2, 8, AT + 9);
    return new Receipt("digest-4", "print-4", AT + 8, new Receipt.Counted(status));
  }

  private static Receipt promisedReceipt() {
    return new Receipt("digest-5", "print-5", AT + 10, new Receipt.Promised());
  }

  private static MinutesMetered metered() {
    return new MinutesMetered(List.of(bucket()), List.of(watermark()), 26);
  }

  private static UsageBucket bucket() {
    return new UsageBucket(28_333_333, 1, 2, 3, 4, -5, 6, 7, 8, 9, 10, 11);
  }

  private static Watermark watermark() {
    return new Watermark("users", 21, 22, 23);
  }
}
