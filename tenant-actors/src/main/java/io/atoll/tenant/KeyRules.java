package io.atoll.tenant;

import io.atoll.access.ApiKey;
import io.atoll.access.ApiKeys;
import io.atoll.access.GeneratedKey;
import io.atoll.access.KeyMode;
import io.atoll.access.KeySpec;
import io.atoll.map.Idempotency;
import io.atoll.refusal.ErrorCode;
import io.atoll.refusal.Refusal;
import io.atoll.tenant.TenantEvent.KeyCreated;
import io.atoll.tenant.TenantEvent.KeyRevoked;
import io.atoll.tenant.TenantState.Present;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides about a tenant's API keys. */
final class KeyRules {
  /** Is compared when there is no such key, so that both refusals take the same time. */
  private static final ApiKey DECOY =
      new ApiKey("", "", KeyMode.TEST, Set.of(), 0, -1, -1, new byte[16], new byte[32], "");

  private KeyRules() {}

  static Decision make(Present state, TenantCommand.MakeKey command, Situation situation) {
    return ReceiptRules.repeated(state, command.idempotency(), situation)
        .orElseGet(() -> makeNew(state, command, situation));
  }

  private static Decision makeNew(
      Present state, TenantCommand.MakeKey command, Situation situation) {
    if (command.expiresAt() != ApiKey.NEVER && command.expiresAt() <= situation.now()) {
      return Decision.refused(ErrorCode.INVALID_REQUEST, "expiresAt: must lie in the future");
    }
    Optional<List<String>> forgotten = room(state.tenant().keys(), situation);
    return forgotten.isPresent()
        ? generate(command, forgotten.get(), situation)
        : Decision.refused(
            ErrorCode.CONFLICT,
            "there are " + situation.limits().keys() + " keys already; revoke one first");
  }

  private static Decision generate(
      TenantCommand.MakeKey command, List<String> forgotten, Situation situation) {
    KeySpec spec =
        new KeySpec(
            command.name(), command.mode(), command.scopes(), situation.now(), command.expiresAt());
    GeneratedKey made = ApiKeys.generate(situation.random(), situation.tenantId(), spec);
    Receipt receipt = receipt(command.idempotency(), made, situation);
    KeyView view = view(situation.tenantId(), made.key(), ApiKey.NEVER);
    return Decision.of(
        new KeyCreated(situation.now(), made.key(), forgotten, receipt),
        new Decision.Say(new TenantReply.KeyMade(view, made.text())));
  }

  private static @Nullable Receipt receipt(
      @Nullable Idempotency idempotency, GeneratedKey made, Situation situation) {
    if (idempotency == null) {
      return null;
    }
    byte[] nonce = new byte[ReceiptSeal.NONCE_BYTES];
    situation.random().nextBytes(nonce);
    byte[] sealed = ReceiptSeal.seal(situation.tenantId(), idempotency.key(), nonce, made.text());
    return ReceiptRules.receipt(idempotency, new Receipt.KeyIssued(made.key(), sealed), situation);
  }

  /** The keys to forget so that one more fits; empty if all keys are in use. */
  private static Optional<List<String>> room(KeyRing ring, Situation situation) {
    int excess = ring.keys().size() + 1 - situation.limits().keys();
    if (excess <= 0) {
      return Optional.of(List.of());
    }
    List<String> over =
        ring.keys().values().stream()
            .filter(key -> !key.isUsable(situation.now()))
            .limit(excess)
            .map(ApiKey::id)
            .toList();
    return over.size() == excess ? Optional.of(over) : Optional.empty();
  }

  static Decision revoke(Present state, String keyId, Situation situation) {
    Optional<ApiKey> key = state.tenant().keys().find(keyId);
    if (key.isEmpty()) {
      return Decision.refused(Refusals.API_KEY_NOT_FOUND);
    }
    return key.get().isRevoked()
        ? Decision.say(new TenantReply.Accepted())
        : Decision.accepted(new KeyRevoked(situation.now(), keyId));
  }

  /** Whether the secret is that of a key that is still good. */
  static TenantReply verify(TenantState state, String keyId, byte[] secret, long now) {
    Optional<ApiKey> found =
        state instanceof Present present ? present.tenant().keys().find(keyId) : Optional.empty();
    ApiKey key = found.orElse(DECOY);
    return key.matches(secret) && found.isPresent() && key.isUsable(now)
        ? new TenantReply.KeyVerified(key.id(), key.scopes(), key.expiresAt())
        : new TenantReply.Refused(Refusals.UNAUTHENTICATED);
  }

  /** Why this caller may do nothing now; null if its key is good or it needs none. */
  static @Nullable Refusal check(KeyRing keys, Caller caller, long now) {
    String keyId = caller.keyId();
    return keyId == null || keys.isUsable(keyId, now) ? null : Refusals.UNAUTHENTICATED;
  }

  static KeyView view(String tenantId, ApiKey key, long lastUsedAt) {
    return new KeyView(
        key.id(),
        key.name(),
        key.prefix(tenantId),
        key.mode(),
        key.scopes(),
        key.createdAt(),
        key.expiresAt(),
        lastUsedAt,
        key.revokedAt());
  }
}
