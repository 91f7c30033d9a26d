package io.atoll.tenant;

import io.atoll.map.Idempotency;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gives the first answer again to a command that came before with the same idempotency key. */
final class ReceiptRules {
  private ReceiptRules() {}

  /** The decision if the command came before, or its key with another request; else empty. */
  static Optional<Decision> repeated(
      TenantState state, @Nullable Idempotency idempotency, Situation situation) {
    if (idempotency == null) {
      return Optional.empty();
    }
    String digest = ReceiptSeal.digest(situation.tenantId(), idempotency.key());
    return state
        .receipts()
        .find(digest, situation.now())
        .map(found -> again(found, idempotency, situation));
  }

  /** The receipt for the answer; null when the client gave no idempotency key. */
  static @Nullable Receipt receipt(
      @Nullable Idempotency idempotency, Receipt.Answer answer, Situation situation) {
    if (idempotency == null) {
      return null;
    }
    return new Receipt(
        ReceiptSeal.digest(situation.tenantId(), idempotency.key()),
        idempotency.fingerprint(),
        situation.now() + Receipt.LIFETIME_MS,
        answer);
  }

  private static Decision again(Receipt receipt, Idempotency idempotency, Situation situation) {
    if (!receipt.fingerprint().equals(idempotency.fingerprint())) {
      return Decision.refused(Refusals.IDEMPOTENCY_CONFLICT);
    }
    return switch (receipt.answer()) {
      case Receipt.Created created ->
          new Decision(
              java.util.List.of(),
              new Decision.DescribeCreated(created.spec(), created.createdAt()));
      case Receipt.Done done -> Decision.say(new TenantReply.Accepted());
      case Receipt.KeyIssued issued ->
          Decision.say(
              new TenantReply.KeyMade(
                  KeyRules.view(situation.tenantId(), issued.key(), -1),
                  ReceiptSeal.open(situation.tenantId(), idempotency.key(), issued.sealedText())));
      case Receipt.Counted counted -> Decision.say(new TenantReply.ActionRead(counted.status()));
    };
  }
}
