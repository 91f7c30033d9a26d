package io.atoll.http.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atoll.access.ApiKeys;
import io.atoll.access.KeyMode;
import io.atoll.access.KeySpec;
import io.atoll.access.ParsedKey;
import io.atoll.access.Scope;
import io.atoll.http.credential.CredentialCheck.Verdict;
import io.atoll.refusal.ErrorCode;
import io.atoll.refusal.Refusal;
import io.atoll.tenant.Caller;
import io.atoll.tenant.TenantReply;
import io.atoll.time.ManualTime;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CredentialsTest {
  private static final InetAddress HERE = InetAddress.ofLiteral("192.0.2.1");
  private static final InetAddress THERE = InetAddress.ofLiteral("192.0.2.2");

  private final ManualTime time = new ManualTime();
  private final String key =
      ApiKeys.generate(
              new SecureRandom(), "acme", new KeySpec("k", KeyMode.LIVE, Set.of(Scope.READ), 0, -1))
          .text();
  private TenantReply reply = new TenantReply.KeyVerified("id", Set.of(Scope.READ), -1);
  private int lookups;
  private final Credentials credentials =
      new Credentials(
          new CredentialSettings(
              100,
              Duration.ofMinutes(1),
              20,
              Duration.ofMinutes(2),
              Duration.ofSeconds(30),
              Duration.ofSeconds(10),
              List.of()),
          "the-admin-key",
          this::look,
          time);

  @Test
  void theAdminKeyIsKnownWithoutALookUp() {
    assertThat(known("the-admin-key").isAdmin()).isTrue();
    assertThat(lookups).isZero();
  }

  @Test
  void aWrongChecksumIsRefusedWithoutALookUp() {
    String wrong = key.substring(0, key.length() - 1) + (key.endsWith("a") ? "b" : "a");
    assertThat(code(wrong, HERE)).isEqualTo(ErrorCode.UNAUTHENTICATED);
    assertThat(code("atl_live_", HERE)).isEqualTo(ErrorCode.UNAUTHENTICATED);
    assertThat(code("x".repeat(1 << 20), HERE)).isEqualTo(ErrorCode.UNAUTHENTICATED);
    assertThat(lookups).isZero();
  }

  @Test
  void aGoodKeyIsLookedUpOnce() {
    for (int i = 0; i < 100; i++) {
      assertThat(known(key).tenantId()).isEqualTo("acme");
    }
    assertThat(lookups).isEqualTo(1);
    credentials.checkAnew(key, HERE);
    assertThat(lookups).isEqualTo(2);
  }

  @Test
  void aKeyIsLookedUpAgainWhenItsTenantWasForgotten() {
    known(key);
    credentials.forget("globex");
    known(key);
    assertThat(lookups).isEqualTo(1);
    credentials.forget("acme");
    known(key);
    assertThat(lookups).isEqualTo(2);
    credentials.forgetAll();
    known(key);
    assertThat(lookups).isEqualTo(3);
  }

  @Test
  void aBadKeyIsLookedUpAgainWhenAnyTenantWasForgotten() {
    reply = new TenantReply.Refused(Refusal.of(ErrorCode.TENANT_NOT_FOUND, "none"));
    code(key, HERE);
    credentials.forget("acme");
    code(key, HERE);
    assertThat(lookups).isEqualTo(2);
    credentials.forgetAll();
    code(key, HERE);
    assertThat(lookups).isEqualTo(3);
  }

  @Test
  void anUnknownKeyIsLookedUpOnceAndToldAsAnyOther() {
    reply = new TenantReply.Refused(Refusal.of(ErrorCode.TENANT_NOT_FOUND, "none"));
    assertThat(code(key, HERE)).isEqualTo(ErrorCode.UNAUTHENTICATED);
    assertThat(code(key, HERE)).isEqualTo(ErrorCode.UNAUTHENTICATED);
    assertThat(refusal(key)).isEqualTo(refusal("nonsense"));
    assertThat(lookups).isEqualTo(1);
  }

  @Test
  void aRefusalDoesNotTellAnUnknownKeyFromNonsense() {
    String wrongChecksum = key.substring(0, key.length() - 1) + (key.endsWith("a") ? "b" : "a");
    reply = new TenantReply.Refused(Refusal.of(ErrorCode.UNAUTHENTICATED, "no such key"));
    Refusal unknown = refusal(key);
    assertThat(lookups).isEqualTo(1);
    for (int again = 0; again < 5; again++) {
      assertThat(refusal(key)).isEqualTo(unknown);
      assertThat(refusal(wrongChecksum)).isEqualTo(unknown);
    }
    assertThat(lookups).isEqualTo(1);
  }

  @Test
  void anAnswerThatIsNoneAboutKeysIsNoGoodOne() {
    reply = new TenantReply.Accepted();
    assertThat(code(key, HERE)).isEqualTo(ErrorCode.UNAUTHENTICATED);
  }

  @ParameterizedTest
  @EnumSource(names = {"UNAVAILABLE", "TENANT_SUSPENDED", "TENANT_DELETED"})
  void whatIsNotAboutTheKeyIsToldAsItIsAndNotRemembered(ErrorCode code) {
    reply = new TenantReply.Refused(Refusal.of(code, "why"));
    for (int i = 0; i < 50; i++) {
      assertThat(code(key, HERE)).isEqualTo(code);
    }
    assertThat(lookups).isEqualTo(50);
  }

  @Test
  void aClockThatIsSetBackHoldsUpNobody() {
    for (int i = 0; i < 20; i++) {
      code("bad" + i, HERE);
    }
    time.setEpochMillis(time.epochMillis() - 5_000);
    assertThat(code("bad", HERE)).isEqualTo(ErrorCode.UNAUTHENTICATED);
  }

  @Test
  void anAdminKeyIsNeverEmpty() {
    assertThatThrownBy(() -> new AdminKey(" ")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void onlyWhoHasATenantHasAPlaceAmongItsConnections() {
    assertThat(Principal.ADMIN.hasPlace()).isFalse();
    assertThat(known(key).hasPlace()).isTrue();
    assertThat(new Principal(Caller.TOKEN, null, Set.of(), Principal.NEVER).hasPlace()).isFalse();
  }

  @Test
  void aTenantThatCannotAnswerIsNotHeldAgainstTheKey() {
    reply = new TenantReply.Refused(Refusal.of(ErrorCode.UNAVAILABLE, "later"));
    assertThat(code(key, HERE)).isEqualTo(ErrorCode.UNAVAILABLE);
    reply = new TenantReply.KeyVerified("id", Set.of(Scope.READ), -1);
    assertThat(known(key).tenantId()).isEqualTo("acme");
  }

  @Test
  void aRememberedKeyEndsWhenItExpires() {
    reply = new TenantReply.KeyVerified("id", Set.of(Scope.READ), time.epochMillis() + 500);
    assertThat(known(key).tenantId()).isEqualTo("acme");
    time.advance(Duration.ofMillis(500));
    assertThat(code(key, HERE)).isEqualTo(ErrorCode.UNAUTHENTICATED);
  }

  @Test
  void badCredentialsOfOneAddressAreLimitedAndHoldUpNobodyElse() {
    known(key);
    int refused = 0;
    for (int i = 0; i < 10_000; i++) {
      refused += code("bad" + i, HERE) == ErrorCode.UNAUTHENTICATED ? 1 : 0;
    }
    assertThat(refused).isEqualTo(20);
    assertThat(code("bad", HERE)).isEqualTo(ErrorCode.RATE_LIMITED);
    assertThat(code("bad", THERE)).isEqualTo(ErrorCode.UNAUTHENTICATED);
    assertThat(known(key).tenantId()).isEqualTo("acme");
    assertThat(lookups).isEqualTo(1);
    time.advance(Duration.ofSeconds(1));
    assertThat(code("bad", HERE)).isEqualTo(ErrorCode.UNAUTHENTICATED);
  }

  private Principal known(String credential) {
    return ((Verdict.Known) verdict(credential, HERE)).principal();
  }

  private ErrorCode code(String credential, InetAddress client) {
    return ((Verdict.Refused) verdict(credential, client)).refusal().code();
  }

  private Refusal refusal(String credential) {
    return ((Verdict.Refused) verdict(credential, THERE)).refusal();
  }

  private Verdict verdict(String credential, InetAddress client) {
    return credentials.check(credential, client).toCompletableFuture().join();
  }

  private CompletionStage<TenantReply> look(ParsedKey parsed) {
    lookups++;
    return CompletableFuture.completedFuture(reply);
  }
}
