package io.atoll.tenant;

import static io.atoll.tenant.Tenants.ID;
import static io.atoll.tenant.Tenants.NOW;
import static io.atoll.tenant.Tenants.active;
import static io.atoll.tenant.Tenants.after;
import static io.atoll.tenant.Tenants.at;
import static io.atoll.tenant.Tenants.idempotency;
import static io.atoll.tenant.Tenants.refusal;
import static io.atoll.tenant.Tenants.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.access.KeyMode;
import io.atoll.access.KeyText;
import io.atoll.access.ParsedKey;
import io.atoll.access.Scope;
import io.atoll.map.Idempotency;
import io.atoll.refusal.ErrorCode;
import io.atoll.tenant.TenantEvent.KeyCreated;
import io.atoll.tenant.TenantEvent.KeyRevoked;
import io.atoll.tenant.TenantState.Present;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyRulesTest {
  @Test
  void aNewKeyIsGoodForItsSecretAndNoOther() {
    Made made = make(active(), -1, null);
    ParsedKey parsed = KeyText.parse(made.text).orElseThrow();

    assertThat(KeyRules.verify(made.state, parsed.keyId(), parsed.secret(), NOW))
        .isEqualTo(
            new TenantReply.KeyVerified(parsed.keyId(), Set.of(Scope.READ, Scope.WRITE), -1));
    byte[] wrong = parsed.secret();
    wrong[0] ^= 1;
    assertUnauthenticated(KeyRules.verify(made.state, parsed.keyId(), wrong, NOW));
    assertUnauthenticated(KeyRules.verify(made.state, "nobody", parsed.secret(), NOW));
    assertUnauthenticated(
        KeyRules.verify(TenantState.Absent.FIRST, parsed.keyId(), parsed.secret(), NOW));
  }

  @Test
  void aRevokedKeyIsRefusedAtOnceForWhateverCarriesIt() {
    Made made = make(active(), -1, null);
    ParsedKey parsed = KeyText.parse(made.text).orElseThrow();
    Decision decision = KeyRules.revoke(made.state, parsed.keyId(), at(NOW + 1));
    Present revoked = (Present) after(made.state, decision.events());

    assertUnauthenticated(KeyRules.verify(revoked, parsed.keyId(), parsed.secret(), NOW + 1));
    assertThat(KeyRules.check(revoked.tenant().keys(), Caller.key(parsed.keyId()), NOW + 1))
        .isEqualTo(Refusals.UNAUTHENTICATED);
    assertThat(KeyRules.check(made.state.tenant().keys(), Caller.key(parsed.keyId()), NOW))
        .isNull();
    assertThat(KeyRules.check(revoked.tenant().keys(), Caller.ADMIN, NOW)).isNull();
  }

  @Test
  void aKeyExpiresAtItsMillisecond() {
    Made made = make(active(), NOW + 100, null);
    ParsedKey parsed = KeyText.parse(made.text).orElseThrow();
    Caller caller = Caller.key(parsed.keyId());

    assertThat(KeyRules.check(made.state.tenant().keys(), caller, NOW + 99)).isNull();
    assertThat(KeyRules.check(made.state.tenant().keys(), caller, NOW + 100))
        .isEqualTo(Refusals.UNAUTHENTICATED);
    assertUnauthenticated(KeyRules.verify(made.state, parsed.keyId(), parsed.secret(), NOW + 100));
  }

  @Test
  void anExpiryThatIsOverIsRefused() {
    assertThat(refusal(KeyRules.make(active(), command(NOW, null), at(NOW))))
        .isEqualTo(ErrorCode.INVALID_REQUEST);
  }

  @Test
  void revokingTwiceIsFineAndRevokingNothingIsNot() {
    Made made = make(active(), -1, null);
    String keyId = KeyText.parse(made.text).orElseThrow().keyId();
    Present revoked = (Present) after(made.state, new KeyRevoked(NOW, keyId));

    assertThat(KeyRules.revoke(revoked, keyId, at(NOW)))
        .isEqualTo(Decision.say(new TenantReply.Accepted()));
    assertThat(refusal(KeyRules.revoke(revoked, "nobody", at(NOW))))
        .isEqualTo(ErrorCode.KEY_NOT_FOUND);
  }

  @Test
  void aFullRingRefusesUntilAKeyIsOverAndThenForgetsTheOldestSuch() {
    Present full = active();
    String second = "";
    for (int i = 0; i < at(NOW).limits().keys(); i++) {
      Made made = make(full, -1, null, i);
      full = made.state;
      second = i == 1 ? KeyText.parse(made.text).orElseThrow().keyId() : second;
    }
    assertThat(refusal(KeyRules.make(full, command(-1, null), at(NOW))))
        .isEqualTo(ErrorCode.CONFLICT);

    Present roomy = (Present) after(full, new KeyRevoked(NOW, second));
    Decision decision = KeyRules.make(roomy, command(-1, null), at(NOW));

    assertThat(((KeyCreated) decision.events().getFirst()).forgotten()).containsExactly(second);
    Present changed = (Present) after(roomy, decision.events());
    assertThat(changed.tenant().keys().keys()).hasSize(3).doesNotContainKey(second);
  }

  @Test
  void aRepeatedRequestGetsTheSameKeyAgain() {
    Idempotency idempotency = idempotency("client key", "body");
    Made made = make(active(), -1, idempotency);

    Decision again = KeyRules.make(made.state, command(-1, idempotency), at(NOW + 1));

    assertThat(again.events()).isEmpty();
    assertThat(((TenantReply.KeyMade) reply(again)).text()).isEqualTo(made.text);
  }

  @Test
  void theJournalHoldsNeitherTheSecretNorTheClientsKey() {
    Made made = make(active(), -1, idempotency("client key", "body"));
    String secret =
        new String(KeyText.parse(made.text).orElseThrow().secret(), StandardCharsets.US_ASCII);
    TenantSerializer serializer = new TenantSerializer();

    for (Object stored : new Object[] {made.event, made.state}) {
      String bytes = new String(serializer.toBinary(stored), StandardCharsets.ISO_8859_1) + stored;
      assertThat(bytes).doesNotContain(secret).doesNotContain("client key");
    }
  }

  @Test
  void aListedKeyShowsItsPrefixAndItsUseButNoSecret() {
    Made made = make(active(), -1, null);
    String keyId = KeyText.parse(made.text).orElseThrow().keyId();
    KeyView view = TenantViews.keys(ID, made.state.tenant().keys(), id -> NOW + 3).getFirst();

    assertThat(view.id()).isEqualTo(keyId);
    assertThat(view.lastUsedAt()).isEqualTo(NOW + 3);
    assertThat(made.text).startsWith(view.prefix().substring(0, view.prefix().length() - 7));
    assertThat(made.text).endsWith(view.prefix().substring(view.prefix().length() - 4));
  }

  private record Made(Present state, String text, TenantEvent event) {}

  private static Made make(Present state, long expiresAt, @Nullable Idempotency idempotency) {
    return make(state, expiresAt, idempotency, 7);
  }

  private static Made make(
      Present state, long expiresAt, @Nullable Idempotency idempotency, int seed) {
    Situation situation =
        new Situation(ID, NOW, at(NOW).plans(), new java.util.Random(seed), at(NOW).limits());
    Decision decision = KeyRules.make(state, command(expiresAt, idempotency), situation);
    return new Made(
        (Present) after(state, decision.events()),
        ((TenantReply.KeyMade) reply(decision)).text(),
        decision.events().getFirst());
  }

  private static TenantCommand.MakeKey command(long expiresAt, @Nullable Idempotency idempotency) {
    return new TenantCommand.MakeKey(
        "ci", Scope.DEFAULT, KeyMode.LIVE, expiresAt, idempotency, Tenants.nobody());
  }

  private static void assertUnauthenticated(TenantReply reply) {
    assertThat(reply).isEqualTo(new TenantReply.Refused(Refusals.UNAUTHENTICATED));
  }
}
