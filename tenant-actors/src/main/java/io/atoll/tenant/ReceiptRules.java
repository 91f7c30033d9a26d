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
    return kept(state, idempotency, situation)
        .flatMap(found -> again(found, idempotency, situation));
  }

  /** Keeps a promise whose answer is kept elsewhere. */
  static Decision promise(TenantState state, TenantCommand.Promise command, Situation situation) {
    return switch (promise(state, command.idempotency(), situation)) {
      case Promise.Broken broken -> Decision.refused(Refusals.IDEMPOTENCY_CONFLICT);
      case Promise.Known known -> Decision.say(new TenantReply.Accepted());
      case Promise.New made -> Decision.accepted(made.event());
    };
  }

  /** How a promise stands to those that were given before; a new one is still to be kept. */
  static Promise promise(TenantState state, Idempotency idempotency, Situation situation) {
    Optional<Receipt> kept = kept(state, idempotency, situation);
    if (kept.isEmpty()) {
      Receipt receipt = made(idempotency, new Receipt.Promised(), situation);
      return new Promise.New(new TenantEvent.RequestPromised(situation.now(), receipt));
    }
    return kept.get().fingerprint().equals(idempotency.fingerprint())
        ? new Promise.Known()
        : new Promise.Broken();
  }

  /** How a promise stands to those that were given before. */
  sealed interface Promise {
    /** It was given for another request. */
    record Broken() implements Promise {}

    /** It was given for the same request. */
    record Known() implements Promise {}

    /** It is to be kept. */
    record New(TenantEvent.RequestPromised event) implements Promise {}
  }

  private static Optional<Receipt> kept(
      TenantState state, Idempotency idempotency, Situation situation) {
    String digest = ReceiptSeal.digest(situation.tenantId(), idempotency.key());
    return state.receipts().find(digest, situation.now());
  }

  /** The receipt for the answer; null when the client gave no idempotency key. */
  static @Nullable Receipt receipt(
      @Nullable Idempotency idempotency, Receipt.Answer answer, Situation situation) {
    return idempotency == null ? null : made(idempotency, answer, situation);
  }

  private static Receipt made(Idempotency idempotency, Receipt.Answer answer, Situation situation) {
    return new Receipt(
        ReceiptSeal.digest(situation.tenantId(), idempotency.key()),
        idempotency.fingerprint(),
        situation.now() + Receipt.LIFETIME_MS,
        answer);
  }

  private static Optional<Decision> again(
      Receipt receipt, Idempotency idempotency, Situation situation) {
    if (!receipt.fingerprint().equals(idempotency.fingerprint())) {
      return Optional.of(Decision.refused(Refusals.IDEMPOTENCY_CONFLICT));
    }
    return receipt.answer() instanceof Receipt.Answered answered
        ? Optional.of(answer(answered, idempotency, situation))
        : Optional.empty();
  }

  private static Decision answer(
      Receipt.Answered answered, Idempotency idempotency, Situation situation) {
    return switch (answered) {
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
