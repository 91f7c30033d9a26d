package io.atoll.tenant;

import static io.atoll.tenant.TenantHarness.get;
import static io.atoll.tenant.TenantHarness.refusal;
import static io.atoll.tenant.TenantHarness.set;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.map.Idempotency;
import io.atoll.map.Key;
import io.atoll.map.OperateReply;
import io.atoll.map.Operation;
import io.atoll.map.Outcome;
import io.atoll.map.WatchReply;
import io.atoll.quota.Quota;
import io.atoll.refusal.ErrorCode;
import io.atoll.time.ManualTime;
import io.atoll.usage.UsageBucket;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class TenantActorTest {
  private static final ActorTestKit testKit = ActorTestKit.create(TenantWorld.config());

  private TenantHarness tenant = new TenantHarness(testKit);

  @AfterAll
  static void stop() {
    testKit.shutdownTestKit();
  }

  @Test
  void aCreatedTenantStoresAnEntryAndGivesItBack() {
    tenant.create("free");

    List<Outcome> outcomes = tenant.operate(set("users", "u1", "1"), get("users", "u1"));

    assertThat(outcomes.getFirst()).isEqualTo(new Outcome.Written(1, true));
    assertThat(new String(((Outcome.Found) outcomes.getLast()).value(), UTF_8)).isEqualTo("1");
  }

  @Test
  void anUnknownTenantIsNotFoundByAnything() {
    assertThat(refusal(tenant.ask(TenantCommand.Describe::new)))
        .isEqualTo(ErrorCode.TENANT_NOT_FOUND);
    assertThat(refusal(tenant.ask(TenantCommand.ReadStats::new)))
        .isEqualTo(ErrorCode.TENANT_NOT_FOUND);
    assertThat(tenant.rejection(Caller.ADMIN, get("m", "k"))).isEqualTo(ErrorCode.TENANT_NOT_FOUND);
    assertThat(tenant.world.hotTenants().size()).isZero();
  }

  @Test
  void theDirectoryKnowsATenantBeforeItsCreationIsAnswered() {
    TenantView created = tenant.create("pro");

    Directory.Listing listing =
        tenant.world.directory().find(tenant.tenantId).toCompletableFuture().join().orElseThrow();
    assertThat(TenantDocument.decode(listing.document()).id()).isEqualTo(created.id());
    assertThat(listing.plan()).isEqualTo("pro");
  }

  @Test
  void aListingThatFailedIsSaidAndMadeGoodAfterARestart() {
    tenant.world.directory().fail(true);
    TenantReply reply =
        tenant.ask(replyTo -> new TenantCommand.Create(Tenants.FREE, null, replyTo));
    assertThat(refusal(reply)).isEqualTo(ErrorCode.UNAVAILABLE);
    tenant.world.directory().fail(false);
    tenant.kill();
    tenant.ask(TenantCommand.Describe::new);

    tenant.shard.awaitAssert(() -> {
      assertThat(tenant.world.directory().find(tenant.tenantId).toCompletableFuture().join())
          .isPresent();
      return null;
    });
  }

  @Test
  void aCreationIsOneEvent() {
    tenant.create("free");
    tenant.ask(TenantCommand.Describe::new);

    assertThat(events()).hasExactlyElementsOfTypes(TenantEvent.TenantCreated.class);
  }

  @Test
  void aTenantIsOfferedToTheDirectoryOnEachStartUntilItHasWrittenDownThatItIsThere() {
    tenant = new TenantHarness(testKit, new ManualTime());
    tenant.create("free");
    tenant.world.directory().remove(tenant.tenantId, Long.MAX_VALUE);
    tenant.kill();
    tenant.ask(TenantCommand.Describe::new);
    assertThat(isListed()).isTrue();

    Caller key = Caller.key(tenant.makeKey(-1, null).key().id());
    tenant.operate(key, set("m", "k", "1"));
    tenant.tenant.tell(new TenantCommand.Stop());
    tenant.shard.expectTerminated(tenant.tenant);
    assertThat(events())
        .hasExactlyElementsOfTypes(
            TenantEvent.TenantCreated.class,
            TenantEvent.KeyCreated.class,
            TenantEvent.MapCreated.class,
            TenantEvent.TenantListed.class,
            TenantEvent.TenantUsed.class,
            TenantEvent.UsesKept.class);

    tenant.world.directory().remove(tenant.tenantId, Long.MAX_VALUE);
    tenant.kill();
    tenant.ask(TenantCommand.Describe::new);
    assertThat(isListed()).isFalse();
  }

  @Test
  void everythingIsThereAfterAKill() {
    tenant.create("free");
    tenant.operate(set("users", "u1", "1"));
    tenant.kill();

    assertThat(tenant.operate(set("users", "u1", "2")))
        .containsExactly(new Outcome.Written(2, false));
  }

  @Test
  void aFurtherPartOfARequestIsNoRequestOfItsOwn() {
    ManualTime time = new ManualTime();
    TenantHarness limited = new TenantHarness(testKit, time);
    limited.create("free", Map.of(Quota.REQUESTS_PER_SECOND, 1L));
    assertThat(limited.operate(set("m", "k", "1"))).hasSize(1);

    TestProbe<OperateReply> probe = testKit.createTestProbe();
    limited.tenant.tell(
        new TenantCommand.Operate(
            Caller.ADMIN, 7, List.of(get("m", "k")), null, true, probe.ref()));
    assertThat(limited.outcomes(probe, 1).getFirst()).isInstanceOf(Outcome.Found.class);
    assertThat(limited.rejection(Caller.ADMIN, get("m", "k"))).isEqualTo(ErrorCode.RATE_LIMITED);
  }

  @Test
  void aDropWhoseAnswerIsGivenAgainMetersAsARead() {
    Operation drop = new Operation.DropMap("m", new Idempotency("once", "print"));
    tenant.create("free");
    tenant.operate(set("m", "k", "1"));
    assertThat(tenant.operate(drop)).isEqualTo(tenant.operate(drop));

    List<UsageBucket> usage = tenant.usage();
    assertThat(usage.stream().mapToLong(UsageBucket::writeOps).sum()).isEqualTo(2);
    assertThat(usage.stream().mapToLong(UsageBucket::readOps).sum()).isEqualTo(1);
  }

  @Test
  void aSuspendedTenantServesNoDataButCanBeManagedAndActivated() {
    tenant.create("free");
    TenantReply.KeyMade key = tenant.makeKey(-1, null);
    Caller caller = Caller.key(key.key().id());
    tenant.patch(TenantStatus.SUSPENDED);

    assertThat(tenant.rejection(caller, get("m", "k"))).isEqualTo(ErrorCode.TENANT_SUSPENDED);
    assertThat(refusal(tenant.open("s", caller, false, tenant.session())))
        .isEqualTo(ErrorCode.TENANT_SUSPENDED);
    assertThat(tenant.ask(TenantCommand.Describe::new)).isInstanceOf(TenantReply.Described.class);
    assertThat(tenant.ask(TenantCommand.ReadStats::new)).isInstanceOf(TenantReply.StatsRead.class);
    tenant.patch(TenantStatus.ACTIVE);
    assertThat(tenant.operate(caller, set("m", "k", "1"))).hasSize(1);
  }

  @Test
  void aDeletedTenantIsGoneAndKeepsItsDataUntilItIsPurged() {
    tenant.create("free");
    tenant.operate(set("m", "k", "1"));
    assertThat(tenant.delete()).isEqualTo(new TenantReply.Accepted());

    assertThat(tenant.rejection(Caller.ADMIN, get("m", "k"))).isEqualTo(ErrorCode.TENANT_DELETED);
    assertThat(refusal(tenant.ask(TenantCommand.Describe::new)))
        .isEqualTo(ErrorCode.TENANT_DELETED);
    assertThat(
            refusal(tenant.ask(replyTo -> new TenantCommand.Create(Tenants.FREE, null, replyTo))))
        .isEqualTo(ErrorCode.TENANT_EXISTS);
    assertThat(tenant.world.history().erased()).isEmpty();
  }

  @Test
  void aPurgeErasesEveryStreamAndTheNextIncarnationSeesNothing() {
    tenant.create("free");
    tenant.operate(set("m", "k", "1"));
    tenant.usage();
    tenant.delete();
    assertThat(tenant.purge()).isEqualTo(new TenantReply.Accepted());

    assertThat(tenant.world.history().erased())
        .containsExactlyInAnyOrder(
            PersistenceIds.map(tenant.tenantId, 1, "m"), PersistenceIds.ledger(tenant.tenantId, 1));
    assertThat(tenant.world.usageTable().all(tenant.tenantId, 1)).isEmpty();
    tenant.shard.awaitAssert(() -> {
      assertThat(tenant.world.history().trimmedTo(PersistenceIds.tenant(tenant.tenantId)))
          .isPositive();
      return null;
    });
    tenant.create("free");
    assertThat(refusal(tenant.operate(get("m", "k")).getFirst()))
        .isEqualTo(ErrorCode.KEY_NOT_FOUND);
    assertThat(tenant.operate(set("m", "k", "1"))).containsExactly(new Outcome.Written(1, true));
    assertThat(tenant.usage().getFirst().writeOps()).isEqualTo(1);
    assertThat(isListed()).isTrue();
  }

  @Test
  void aPurgeThatWasCutOffGoesOnAfterAKill() {
    tenant.create("free");
    tenant.operate(set("m", "k", "1"));
    tenant.delete();
    tenant.world.usageTable().fail(true);
    assertThat(refusal(tenant.purge())).isEqualTo(ErrorCode.UNAVAILABLE);
    tenant.world.usageTable().fail(false);
    tenant.kill();

    assertThat(tenant.purge())
        .satisfiesAnyOf(
            reply -> assertThat(reply).isEqualTo(new TenantReply.Accepted()),
            reply -> assertThat(refusal(reply)).isEqualTo(ErrorCode.TENANT_NOT_FOUND));
    assertThat(refusal(tenant.ask(TenantCommand.Describe::new)))
        .isEqualTo(ErrorCode.TENANT_NOT_FOUND);
  }

  @Test
  void aRevokedKeyIsRefusedAtOnceWhoeverStillCarriesIt() {
    tenant.create("free");
    Caller caller = Caller.key(tenant.makeKey(-1, null).key().id());
    assertThat(tenant.operate(caller, set("m", "k", "1"))).hasSize(1);
    tenant.ask(replyTo -> new TenantCommand.RevokeKey(caller.keyId(), replyTo));

    assertThat(tenant.rejection(caller, get("m", "k"))).isEqualTo(ErrorCode.UNAUTHENTICATED);
  }

  @Test
  void aKeysLastUseIsListedAndOutlivesAStop() {
    tenant.create("free");
    Caller caller = Caller.key(tenant.makeKey(-1, null).key().id());
    assertThat(keys().getFirst().lastUsedAt()).isEqualTo(-1);
    tenant.operate(caller, set("m", "k", "1"));
    long used = keys().getFirst().lastUsedAt();
    tenant.tenant.tell(new TenantCommand.Stop());
    tenant.shard.expectTerminated(tenant.tenant);
    tenant.kill();

    assertThat(used).isPositive();
    assertThat(keys().getFirst().lastUsedAt()).isEqualTo(used);
  }

  @Test
  void aRepeatedKeyRequestGetsTheSameKeyAfterAKill() {
    tenant.create("free");
    String text = tenant.makeKey(-1, Tenants.idempotency("k", "body")).text();
    tenant.kill();

    assertThat(tenant.makeKey(-1, Tenants.idempotency("k", "body")).text()).isEqualTo(text);
    assertThat(keys()).hasSize(1);
  }

  @Test
  void aQuotaHoldsFromTheNextRequestAfterItsChange() {
    tenant.create("free", Map.of(Quota.OPS_PER_SECOND, 0L, Quota.BURST, 0L));
    assertThat(refusal(tenant.operate(set("m", "k", "1")).getFirst()))
        .isEqualTo(ErrorCode.RATE_LIMITED);
    tenant.patch(Quota.OPS_PER_SECOND, -1);
    tenant.patch(Quota.BURST, -1);

    assertThat(tenant.operate(set("m", "k", "1"))).containsExactly(new Outcome.Written(1, true));
    tenant.patch(Quota.OPS_PER_SECOND, 0);
    tenant.patch(Quota.BURST, 0);
    assertThat(refusal(tenant.operate(get("m", "k")).getFirst())).isEqualTo(ErrorCode.RATE_LIMITED);
  }

  @Test
  void aDroppedMapComesBackAndItsVersionsGoOn() {
    tenant.create("free");
    tenant.operate(set("m", "a", "1"), set("m", "b", "1"));
    assertThat(tenant.operate(new Operation.DropMap("m", null)))
        .containsExactly(new Outcome.Removed());
    assertThat(refusal(tenant.operate(new Operation.DropMap("m", null)).getFirst()))
        .isEqualTo(ErrorCode.MAP_NOT_FOUND);

    List<Outcome> outcomes = tenant.operate(get("m", "a"), set("m", "a", "2"), get("m", "b"));

    assertThat(refusal(outcomes.getFirst())).isEqualTo(ErrorCode.KEY_NOT_FOUND);
    assertThat(outcomes.get(1)).isEqualTo(new Outcome.Written(4, true));
    assertThat(refusal(outcomes.get(2))).isEqualTo(ErrorCode.KEY_NOT_FOUND);
    tenant.kill();
    assertThat(tenant.operate(set("m", "a", "3"))).containsExactly(new Outcome.Written(5, false));
  }

  @Test
  void aListingHasTheSizesOfAllMaps() {
    tenant.create("free");
    tenant.operate(set("b", "k", "123"), set("a", "k", "1"), set("a", "l", "1"));

    assertThat(tenant.operate(new Operation.ListMaps()))
        .containsExactly(
            new Outcome.MapsListed(
                List.of(new Outcome.MapSize("a", 2, 4), new Outcome.MapSize("b", 1, 4))));
  }

  @Test
  void aWatchIsRefusedWithoutItsMapAndStartsWithIt() {
    tenant.create("free");
    TestProbe<WatchReply> watcher = testKit.createTestProbe();
    TenantCommand watch =
        new TenantCommand.Watch(Caller.ADMIN, 5, "m", Key.of(""), -1, watcher.ref());
    tenant.tenant.tell(watch);
    assertThat(((WatchReply.Ended) watcher.receiveMessage()).refusal())
        .isEqualTo(Refusals.MAP_NOT_FOUND);
    tenant.operate(set("m", "k", "1"));
    tenant.tenant.tell(watch);

    assertThat(watcher.receiveMessage())
        .isInstanceOfSatisfying(WatchReply.Started.class, it -> assertThat(it.seq()).isEqualTo(1));
  }

  @Test
  void usageCountsWhatWasAdmittedAndWhatWasRefused() {
    tenant.create("free", Map.of(Quota.MAPS, 1L));
    tenant.operate(set("m", "k", "12"), get("m", "k"), get("n", "k"), set("n", "k", "1"));
    UsageBucket usage = tenant.usage().getFirst();

    assertThat(usage.writeOps()).isEqualTo(1);
    assertThat(usage.readOps()).isEqualTo(2);
    assertThat(usage.rejectedOps()).isEqualTo(1);
    assertThat(usage.storageBytes()).isEqualTo(3);
    assertThat(usage.storageDelta()).isEqualTo(3);
    assertThat(usage.bytesIn()).isEqualTo(5);
    assertThat(usage.bytesOut()).isEqualTo(2);
  }

  @Test
  void writesAreMeteredOnceHoweverOftenTheTenantIsKilled() {
    tenant.create("enterprise");
    for (int round = 0; round < 5; round++) {
      for (int i = 0; i < 20; i++) {
        tenant.operate(set("m" + i % 3, "k" + i, "1"));
      }
      if (round % 2 == 0) {
        tenant.usage();
      }
      tenant.kill();
    }

    assertThat(tenant.usage().stream().mapToLong(UsageBucket::writeOps).sum()).isEqualTo(100);
  }

  @Test
  void statsShowWhatIsUsedOfEachQuota() {
    tenant.create("free", Map.of(Quota.STORAGE_BYTES, 100L, Quota.MAPS, 2L));
    tenant.operate(set("m", "k", "123456789"));
    TenantReply.StatsRead stats = (TenantReply.StatsRead) tenant.ask(TenantCommand.ReadStats::new);

    assertThat(stats.usage()).containsEntry("storageBytes", 10.0).containsEntry("maps", 1.0);
    assertThat(stats.utilization())
        .containsEntry("storageBytes", 10.0)
        .containsEntry("maps", 50.0)
        .containsEntry("entries", 0.0);
  }

  @Test
  void aTenantThatStopsAnswersWhatItHasAdmittedAndShipsItsUsage() {
    tenant.create("free");
    TestProbe<OperateReply> client = testKit.createTestProbe();
    tenant.send(Caller.ADMIN, client, set("m", "k", "1"), set("m", "l", "1"));
    tenant.tenant.tell(new TenantCommand.Stop());

    assertThat(tenant.outcomes(client, 2)).hasSize(2);
    tenant.shard.expectTerminated(tenant.tenant);
    assertThat(tenant.world.usageTable().all(tenant.tenantId, 1))
        .anySatisfy(minute -> assertThat(minute.writeOps()).isEqualTo(2));
    assertThat(tenant.world.hotTenants().size()).isZero();
  }

  private List<KeyView> keys() {
    return ((TenantReply.KeysListed) tenant.ask(TenantCommand.ListKeys::new)).keys();
  }

  private List<Object> events() {
    return PersistenceTestKit.create(testKit.system())
        .persistedInStorage(PersistenceIds.tenant(tenant.tenantId));
  }

  private boolean isListed() {
    return tenant.world.directory().find(tenant.tenantId).toCompletableFuture().join().isPresent();
  }
}
