package io.atoll.tenant;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.atoll.refusal.ErrorCode;
import io.atoll.tenant.TenantEvent.PurgeStarted;
import io.atoll.tenant.TenantEvent.TenantActivated;
import io.atoll.tenant.TenantEvent.TenantCreated;
import io.atoll.tenant.TenantEvent.TenantDeleted;
import io.atoll.tenant.TenantEvent.TenantSuspended;
import io.atoll.tenant.TenantEvent.TenantUpdated;
import io.atoll.tenant.TenantState.Absent;
import io.atoll.tenant.TenantState.Active;
import io.atoll.tenant.TenantState.Deleted;
import io.atoll.tenant.TenantState.Present;
import io.atoll.tenant.TenantState.Purging;
import io.atoll.tenant.TenantState.Suspended;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Decides about a tenant's life and description. */
final class LifeRules {
  private LifeRules() {}

  static Decision create(TenantState state, TenantCommand.Create command, Situation situation) {
    return ReceiptRules.repeated(state, command.idempotency(), situation)
        .orElseGet(() ->
            state instanceof Absent
                ? createNew(command, situation)
                : Decision.refused(Refusals.TENANT_EXISTS));
  }

  private static Decision createNew(TenantCommand.Create command, Situation situation) {
    TenantSpec spec = command.spec();
    Optional<Decision> fault = fault(spec, situation);
    if (fault.isPresent()) {
      return fault.get();
    }
    Receipt receipt =
        ReceiptRules.receipt(
            command.idempotency(), new Receipt.Created(spec, situation.now()), situation);
    return Decision.of(new TenantCreated(situation.now(), spec, receipt), new Decision.Describe());
  }

  static Decision update(TenantState state, TenantCommand.Update command, Situation situation) {
    return switch (state) {
      case Absent absent -> Decision.refused(Refusals.TENANT_NOT_FOUND);
      case Active active -> updatePresent(active, command, situation);
      case Suspended suspended -> updatePresent(suspended, command, situation);
      case Deleted deleted -> Decision.refused(Refusals.TENANT_DELETED);
      case Purging purging -> Decision.refused(Refusals.TENANT_DELETED);
    };
  }

  private static Decision updatePresent(
      Present state, TenantCommand.Update command, Situation situation) {
    Tenant tenant = state.tenant();
    if (command.ifVersion() != -1 && command.ifVersion() != tenant.version()) {
      return Decision.refused(Refusals.VERSION_MISMATCH);
    }
    TenantPatch patch = command.patch();
    if (patch.status() == TenantStatus.DELETED) {
      return Decision.refused(
          ErrorCode.INVALID_REQUEST, "status: must be active or suspended; use DELETE to delete");
    }
    TenantSpec spec = patched(tenant.spec(), patch);
    return fault(spec, situation).orElseGet(() -> changed(state, spec, patch, situation.now()));
  }

  private static Decision changed(Present state, TenantSpec spec, TenantPatch patch, long now) {
    List<TenantEvent> events = new ArrayList<>();
    long version = state.tenant().version() + 1;
    if (!spec.equals(state.tenant().spec())) {
      events.add(new TenantUpdated(now, version, spec));
    }
    if (patch.status() == TenantStatus.SUSPENDED && state.status() == TenantStatus.ACTIVE) {
      events.add(new TenantSuspended(now, version));
    }
    if (patch.status() == TenantStatus.ACTIVE && state.status() == TenantStatus.SUSPENDED) {
      events.add(new TenantActivated(now, version));
    }
    return new Decision(events, new Decision.Describe());
  }

  static Decision remove(TenantState state, TenantCommand.Remove command, Situation situation) {
    return ReceiptRules.repeated(state, command.idempotency(), situation)
        .orElseGet(() ->
            command.purge() ? purge(state, command, situation) : delete(state, command, situation));
  }

  private static Decision delete(
      TenantState state, TenantCommand.Remove command, Situation situation) {
    return switch (state) {
      case Absent absent -> Decision.refused(Refusals.TENANT_NOT_FOUND);
      case Active active -> deleted(active, command, situation);
      case Suspended suspended -> deleted(suspended, command, situation);
      case Deleted deleted -> Decision.refused(Refusals.TENANT_DELETED);
      case Purging purging -> Decision.refused(Refusals.TENANT_DELETED);
    };
  }

  private static Decision deleted(
      Present state, TenantCommand.Remove command, Situation situation) {
    Receipt receipt = done(command, situation);
    long version = state.tenant().version() + 1;
    return Decision.of(
        new TenantDeleted(situation.now(), version, receipt), new Decision.AcceptListed());
  }

  private static Decision purge(
      TenantState state, TenantCommand.Remove command, Situation situation) {
    return switch (state) {
      case Absent absent -> Decision.refused(Refusals.TENANT_NOT_FOUND);
      case Active active -> notDeleted();
      case Suspended suspended -> notDeleted();
      case Deleted deleted ->
          Decision.of(
              new PurgeStarted(situation.now(), done(command, situation)),
              new Decision.AcceptPurged());
      case Purging purging -> new Decision(List.of(), new Decision.AcceptPurged());
    };
  }

  private static Decision notDeleted() {
    return Decision.refused(ErrorCode.CONFLICT, "delete the tenant first, then purge it");
  }

  static Decision sweep(TenantState state, Situation situation) {
    if (state instanceof Purging) {
      return new Decision(List.of(), new Decision.AcceptPurged());
    }
    long kept = situation.limits().retentionAfterDeleteMs();
    return state instanceof Deleted deleted && situation.now() - deleted.deletedAt() >= kept
        ? Decision.of(new PurgeStarted(situation.now(), null), new Decision.AcceptPurged())
        : Decision.say(new TenantReply.Accepted());
  }

  private static @Nullable Receipt done(TenantCommand.Remove command, Situation situation) {
    return ReceiptRules.receipt(command.idempotency(), new Receipt.Done(), situation);
  }

  private static Optional<Decision> fault(TenantSpec spec, Situation situation) {
    if (situation.plans().find(spec.plan()).isEmpty()) {
      return Optional.of(
          Decision.refused(ErrorCode.INVALID_REQUEST, "plan: there is no such plan"));
    }
    int most = situation.limits().metadataBytes();
    if (spec.metadataJson().getBytes(UTF_8).length > most) {
      return Optional.of(
          Decision.refused(
              ErrorCode.INVALID_REQUEST, "metadata: must be at most " + most + " bytes"));
    }
    return Optional.empty();
  }

  private static TenantSpec patched(TenantSpec spec, TenantPatch patch) {
    return new TenantSpec(
        patch.name() == null ? spec.name() : patch.name(),
        patch.plan() == null ? spec.plan() : patch.plan(),
        patch.quotas() == null ? spec.quotas() : spec.quotas().merge(patch.quotas()),
        features(spec.features(), patch.features()),
        metadata(spec.metadataJson(), patch.metadataPatchJson()),
        patch.email() == null ? spec.email() : patch.email().to(),
        residency(spec.residency(), patch.residency()));
  }

  private static String metadata(String present, @Nullable String patch) {
    if (patch == null) {
      return present;
    }
    return patch.equals(TenantPatch.REMOVE_METADATA) ? "{}" : MergePatch.apply(present, patch);
  }

  private static Residency residency(
      Residency present, TenantPatch.@Nullable Change<Residency> change) {
    if (change == null) {
      return present;
    }
    return change.to() == null ? Residency.ANYWHERE : change.to();
  }

  private static Map<String, Boolean> features(
      Map<String, Boolean> present, Map<String, Optional<Boolean>> patch) {
    Map<String, Boolean> merged = new TreeMap<>(present);
    patch.forEach((name, value) ->
        value.ifPresentOrElse(on -> merged.put(name, on), () -> merged.remove(name)));
    return merged;
  }
}
