package io.atoll.tenant;

import static io.atoll.tenant.Tenants.FREE;
import static io.atoll.tenant.Tenants.NOW;
import static io.atoll.tenant.Tenants.active;
import static io.atoll.tenant.Tenants.after;
import static io.atoll.tenant.Tenants.at;
import static io.atoll.tenant.Tenants.createCommand;
import static io.atoll.tenant.Tenants.created;
import static io.atoll.tenant.Tenants.idempotency;
import static io.atoll.tenant.Tenants.patch;
import static io.atoll.tenant.Tenants.patchName;
import static io.atoll.tenant.Tenants.patchPlan;
import static io.atoll.tenant.Tenants.patchStatus;
import static io.atoll.tenant.Tenants.refusal;
import static io.atoll.tenant.Tenants.remove;
import static io.atoll.tenant.Tenants.reply;
import static io.atoll.tenant.Tenants.spec;
import static io.atoll.tenant.Tenants.update;
import static io.atoll.tenant.Tenants.withQuotas;
import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.plan.Plans;
import io.atoll.quota.Quota;
import io.atoll.quota.QuotaOverrides;
import io.atoll.quota.QuotaPatch;
import io.atoll.quota.Quotas;
import io.atoll.refusal.ErrorCode;
import io.atoll.tenant.TenantEvent.PurgeStarted;
import io.atoll.tenant.TenantEvent.TenantActivated;
import io.atoll.tenant.TenantEvent.TenantCreated;
import io.atoll.tenant.TenantEvent.TenantDeleted;
import io.atoll.tenant.TenantEvent.TenantPurged;
import io.atoll.tenant.TenantEvent.TenantSuspended;
import io.atoll.tenant.TenantEvent.TenantUpdated;
import io.atoll.tenant.TenantState.Absent;
import io.atoll.tenant.TenantState.Active;
import io.atoll.tenant.TenantState.Deleted;
import io.atoll.tenant.TenantState.Present;
import io.atoll.tenant.TenantState.Purging;
import io.atoll.tenant.TenantState.Suspended;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LifeRulesTest {
  private static final Deleted DELETED =
      (Deleted) after(active(), new TenantDeleted(NOW + 5, 2, null));
  private static final Purging PURGING = (Purging) after(DELETED, new PurgeStarted(NOW + 6, null));

  @Test
  void creatingAnAbsentTenantMakesItActiveAtVersionOne() {
    Decision decision = LifeRules.create(Absent.FIRST, createCommand(FREE, null), at(NOW));

    assertThat(decision.events()).containsExactly(new TenantCreated(NOW, FREE, null));
    assertThat(decision.answer()).isEqualTo(new Decision.Describe());
    Active state = (Active) after(Absent.FIRST, decision.events());
    assertThat(state.tenant().version()).isEqualTo(1);
    assertThat(state.tenant().isUnlisted()).isTrue();
  }

  @Test
  void creatingTheSameIdTwiceIsRefused() {
    for (Present state : List.of(active(), suspended(), DELETED, PURGING)) {
      assertThat(refusal(LifeRules.create(state, createCommand(FREE, null), at(NOW))))
          .isEqualTo(ErrorCode.TENANT_EXISTS);
    }
  }

  @Test
  void aTenantWithoutQuotasOfItsOwnHasThoseOfItsPlan() {
    assertThat(at(NOW).effective(FREE).quotas())
        .isEqualTo(Plans.builtIn().find("free").orElseThrow().quotas());
  }

  @Test
  void anUnknownPlanIsRefusedWithItsField() {
    Decision created =
        LifeRules.create(Absent.FIRST, createCommand(spec("A", "gold"), null), at(NOW));
    Decision updated = LifeRules.update(active(), update(patchPlan("gold"), -1), at(NOW));

    assertThat(refusal(created)).isEqualTo(ErrorCode.INVALID_REQUEST);
    assertThat(refusal(updated)).isEqualTo(ErrorCode.INVALID_REQUEST);
    assertThat(((TenantReply.Refused) reply(created)).refusal().detail()).startsWith("plan:");
  }

  @Test
  void aPlanThatIsNoMoreCountsAsTheDefaultOne() {
    assertThat(at(NOW).effective(spec("A", "gold")).plan().name()).isEqualTo(Plans.DEFAULT);
  }

  @Test
  void aChangedNameLeavesTheRestAndMovesTheTimeOfTheLastChange() {
    Decision decision = LifeRules.update(active(), update(patchName("New"), -1), at(NOW + 9));
    Present changed = (Present) after(active(), decision.events());

    assertThat(changed.tenant().spec()).isEqualTo(spec("New", "free"));
    assertThat(changed.tenant().description().createdAt()).isEqualTo(NOW);
    assertThat(changed.tenant().description().updatedAt()).isEqualTo(NOW + 9);
    assertThat(changed.tenant().version()).isEqualTo(2);
  }

  @Test
  void aPatchThatChangesNothingWritesNothing() {
    assertThat(LifeRules.update(active(), update(patch(), -1), at(NOW)).events()).isEmpty();
    assertThat(LifeRules.update(active(), update(patchName("Acme"), 1), at(NOW)).events())
        .isEmpty();
    Decision again =
        LifeRules.update(active(), update(patchStatus(TenantStatus.ACTIVE), -1), at(NOW));
    assertThat(again.events()).isEmpty();
  }

  @Test
  void onePatchTakesOneVersionWhateverItChanges() {
    TenantPatch both =
        new TenantPatch("New", "pro", TenantStatus.SUSPENDED, null, Map.of(), null, null, null);
    Decision decision = LifeRules.update(active(), update(both, 1), at(NOW + 1));

    assertThat(decision.events())
        .containsExactly(
            new TenantUpdated(NOW + 1, 2, spec("New", "pro")), new TenantSuspended(NOW + 1, 2));
    assertThat(after(active(), decision.events()))
        .isInstanceOfSatisfying(
            Suspended.class, it -> assertThat(it.tenant().version()).isEqualTo(2));
  }

  @Test
  void anotherVersionThanTheExpectedOneIsAMismatch() {
    assertThat(refusal(LifeRules.update(active(), update(patchName("New"), 2), at(NOW))))
        .isEqualTo(ErrorCode.VERSION_MISMATCH);
    assertThat(LifeRules.update(active(), update(patchName("New"), 1), at(NOW)).events())
        .hasSize(1);
  }

  @Test
  void quotasMergeSoThatOthersStay() {
    TenantSpec own = withQuotas(FREE, new QuotaOverrides(Map.of(Quota.MAPS, 3L), Map.of()));
    TenantPatch raise =
        quotas(new QuotaPatch(Map.of(Quota.BYTES_PER_SECOND, Optional.of(2_000L)), Map.of()));
    Present changed =
        (Present)
            after(
                created(own), LifeRules.update(created(own), update(raise, -1), at(NOW)).events());
    Quotas inForce = at(NOW).effective(changed.tenant().spec()).quotas();

    assertThat(inForce.limit(Quota.BYTES_PER_SECOND)).isEqualTo(2_000);
    assertThat(inForce.limit(Quota.MAPS)).isEqualTo(3);
    assertThat(inForce.limit(Quota.OPS_PER_SECOND)).isEqualTo(100);
  }

  @Test
  void aQuotaPatchedAwayFallsBackToThePlan() {
    TenantSpec own = withQuotas(FREE, new QuotaOverrides(Map.of(Quota.MAPS, 3L), Map.of()));
    TenantPatch away = quotas(new QuotaPatch(Map.of(Quota.MAPS, Optional.empty()), Map.of()));
    Present changed =
        (Present)
            after(created(own), LifeRules.update(created(own), update(away, -1), at(NOW)).events());

    assertThat(changed.tenant().spec().quotas()).isEqualTo(QuotaOverrides.NONE);
    assertThat(at(NOW).effective(changed.tenant().spec()).quotas().limit(Quota.MAPS)).isEqualTo(10);
  }

  @Test
  void anotherPlanHoldsAtOnceWithItsFeatures() {
    Present changed =
        (Present)
            after(
                active(),
                LifeRules.update(active(), update(patchPlan("pro"), -1), at(NOW)).events());

    assertThat(at(NOW).effective(changed.tenant().spec()).quotas().limit(Quota.OPS_PER_SECOND))
        .isEqualTo(10_000);
    assertThat(at(NOW).effective(changed.tenant().spec()).features())
        .containsEntry("advancedAnalytics", true);
  }

  @Test
  void everyOtherFieldOfAPatchIsMergedOrResetAsJsonMergePatchSays() {
    TenantSpec full =
        new TenantSpec(
            "Acme",
            "free",
            QuotaOverrides.NONE,
            Map.of("customBranding", true, "prioritySupport", true),
            "{\"a\":{\"b\":1,\"c\":2}}",
            "a@example.org",
            new Residency(List.of("eu")));
    TenantPatch patch =
        new TenantPatch(
            null,
            null,
            null,
            null,
            Map.of("customBranding", Optional.empty(), "advancedAnalytics", Optional.of(true)),
            "{\"a\":{\"b\":null,\"d\":3}}",
            new TenantPatch.Change<>(null),
            new TenantPatch.Change<>(null));
    TenantSpec changed =
        ((Present)
                after(
                    created(full),
                    LifeRules.update(created(full), update(patch, -1), at(NOW)).events()))
            .tenant()
            .spec();

    assertThat(changed.features())
        .containsOnly(Map.entry("prioritySupport", true), Map.entry("advancedAnalytics", true));
    assertThat(changed.metadataJson()).isEqualTo("{\"a\":{\"c\":2,\"d\":3}}");
    assertThat(changed.email()).isNull();
    assertThat(changed.residency()).isEqualTo(Residency.ANYWHERE);
  }

  @Test
  void removedMetadataIsEmpty() {
    TenantPatch patch =
        new TenantPatch(null, null, null, null, Map.of(), TenantPatch.REMOVE_METADATA, null, null);
    TenantState before =
        created(
            new TenantSpec(
                "Acme",
                "free",
                QuotaOverrides.NONE,
                Map.of(),
                "{\"a\":1}",
                null,
                Residency.ANYWHERE));
    Present after =
        (Present) after(before, LifeRules.update(before, update(patch, -1), at(NOW)).events());
    assertThat(after.tenant().spec().metadataJson()).isEqualTo("{}");
  }

  @Test
  void metadataThatGrowsTooLargeIsRefused() {
    TenantPatch patch =
        new TenantPatch(
            null, null, null, null, Map.of(), "{\"a\":\"" + "x".repeat(1_000) + "\"}", null, null);

    assertThat(refusal(LifeRules.update(active(), update(patch, -1), at(NOW))))
        .isEqualTo(ErrorCode.INVALID_REQUEST);
  }

  @Test
  void aPatchSuspendsAndActivatesButNeverDeletes() {
    Decision suspend =
        LifeRules.update(active(), update(patchStatus(TenantStatus.SUSPENDED), -1), at(NOW));
    Decision activate =
        LifeRules.update(suspended(), update(patchStatus(TenantStatus.ACTIVE), -1), at(NOW));
    Decision delete =
        LifeRules.update(active(), update(patchStatus(TenantStatus.DELETED), -1), at(NOW));

    assertThat(suspend.events()).containsExactly(new TenantSuspended(NOW, 2));
    assertThat(activate.events()).containsExactly(new TenantActivated(NOW, 3));
    assertThat(refusal(delete)).isEqualTo(ErrorCode.INVALID_REQUEST);
  }

  @Test
  void suspendingTwiceWritesOneEvent() {
    assertThat(
            LifeRules.update(suspended(), update(patchStatus(TenantStatus.SUSPENDED), -1), at(NOW))
                .events())
        .isEmpty();
  }

  @Test
  void aTenantThatIsNotThereCannotBeChangedOrDeleted() {
    assertThat(refusal(LifeRules.update(Absent.FIRST, update(patchName("N"), -1), at(NOW))))
        .isEqualTo(ErrorCode.TENANT_NOT_FOUND);
    assertThat(refusal(LifeRules.remove(Absent.FIRST, remove(false), at(NOW))))
        .isEqualTo(ErrorCode.TENANT_NOT_FOUND);
    assertThat(refusal(LifeRules.remove(Absent.FIRST, remove(true), at(NOW))))
        .isEqualTo(ErrorCode.TENANT_NOT_FOUND);
  }

  @Test
  void deletingIsSoftAndADeletedTenantIsGoneForEveryChange() {
    Decision decision = LifeRules.remove(active(), remove(false), at(NOW + 5));

    assertThat(after(active(), decision.events())).isInstanceOf(Deleted.class);
    assertThat(((Present) after(active(), decision.events())).tenant().spec()).isEqualTo(FREE);
    for (Present gone : List.of(DELETED, PURGING)) {
      assertThat(refusal(LifeRules.update(gone, update(patchName("N"), -1), at(NOW))))
          .isEqualTo(ErrorCode.TENANT_DELETED);
      assertThat(refusal(LifeRules.remove(gone, remove(false), at(NOW))))
          .isEqualTo(ErrorCode.TENANT_DELETED);
    }
  }

  @Test
  void onlyADeletedTenantCanBePurged() {
    assertThat(refusal(LifeRules.remove(active(), remove(true), at(NOW))))
        .isEqualTo(ErrorCode.CONFLICT);
    assertThat(refusal(LifeRules.remove(suspended(), remove(true), at(NOW))))
        .isEqualTo(ErrorCode.CONFLICT);
    assertThat(LifeRules.remove(DELETED, remove(true), at(NOW)))
        .isEqualTo(new Decision(List.of(new PurgeStarted(NOW, null)), new Decision.AcceptPurged()));
    assertThat(LifeRules.remove(PURGING, remove(true), at(NOW)))
        .isEqualTo(new Decision(List.of(), new Decision.AcceptPurged()));
  }

  @Test
  void aPurgedIdIsFreeAsTheNextIncarnationAndSeesNothingOld() {
    TenantState purged =
        after(
            active(),
            new TenantEvent.MapCreated(NOW, "m", 0),
            new TenantDeleted(NOW, 2, null),
            new PurgeStarted(NOW, null),
            new TenantPurged(NOW));
    Decision decision =
        LifeRules.create(purged, createCommand(spec("Again", "pro"), null), at(NOW));
    Present again = (Present) after(purged, decision.events());

    assertThat(purged).isEqualTo(new Absent(2, Receipts.NONE));
    assertThat(again.incarnation()).isEqualTo(2);
    assertThat(again.tenant().maps()).isEmpty();
    assertThat(again.tenant().version()).isEqualTo(1);
  }

  @Test
  void theSweeperPurgesOnlyWhenTheRetentionIsOver() {
    long kept = at(NOW).limits().retentionAfterDeleteMs();

    assertThat(LifeRules.sweep(DELETED, at(NOW + 5 + kept - 1)).events()).isEmpty();
    assertThat(LifeRules.sweep(DELETED, at(NOW + 5 + kept)).events())
        .containsExactly(new PurgeStarted(NOW + 5 + kept, null));
    assertThat(LifeRules.sweep(active(), at(Long.MAX_VALUE)).events()).isEmpty();
    assertThat(LifeRules.sweep(Absent.FIRST, at(NOW)).events()).isEmpty();
    assertThat(LifeRules.sweep(PURGING, at(NOW)).answer()).isEqualTo(new Decision.AcceptPurged());
  }

  @Test
  void aRepeatedCreateGetsTheFirstAnswerAgainEvenAfterAChange() {
    TenantCommand.Create command = createCommand(FREE, idempotency("key", "body"));
    Decision first = LifeRules.create(Absent.FIRST, command, at(NOW));
    TenantState state =
        after(
            after(Absent.FIRST, first.events()),
            new TenantUpdated(NOW + 1, 2, spec("Other", "pro")));

    assertThat(LifeRules.create(state, command, at(NOW + 2)))
        .isEqualTo(new Decision(List.of(), new Decision.DescribeCreated(FREE, NOW)));
  }

  @Test
  void anIdempotencyKeyWithAnotherBodyIsAConflictForADay() {
    Decision first =
        LifeRules.create(Absent.FIRST, createCommand(FREE, idempotency("key", "body")), at(NOW));
    TenantState state = after(Absent.FIRST, first.events());
    TenantCommand.Create other = createCommand(spec("B", "pro"), idempotency("key", "other body"));

    assertThat(refusal(LifeRules.create(state, other, at(NOW + Receipt.LIFETIME_MS - 1))))
        .isEqualTo(ErrorCode.CONFLICT);
    assertThat(refusal(LifeRules.create(state, other, at(NOW + Receipt.LIFETIME_MS))))
        .isEqualTo(ErrorCode.TENANT_EXISTS);
  }

  @Test
  void aRepeatedPurgeIsAcceptedAgainAfterItsEnd() {
    TenantCommand.Remove purge =
        new TenantCommand.Remove(true, idempotency("p", "body"), Tenants.nobody());
    Decision first = LifeRules.remove(DELETED, purge, at(NOW));
    TenantState purged = after(after(DELETED, first.events()), new TenantPurged(NOW));

    assertThat(reply(LifeRules.remove(purged, purge, at(NOW + 1))))
        .isEqualTo(new TenantReply.Accepted());
  }

  private static Present suspended() {
    return (Present) after(active(), new TenantSuspended(NOW, 2));
  }

  private static TenantPatch quotas(QuotaPatch quotas) {
    return new TenantPatch(null, null, null, quotas, Map.of(), null, null, null);
  }
}
