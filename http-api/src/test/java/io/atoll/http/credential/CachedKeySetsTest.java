package io.atoll.http.credential;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import io.atoll.time.ManualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class CachedKeySetsTest {
  private final ManualTime time = new ManualTime();
  private JWKSet published = new JWKSet();
  private boolean failing;
  private int looks;
  private CompletableFuture<JWKSet> pending;
  private final CachedKeySets keys =
      new CachedKeySets("issuer", this::look, Duration.ofMinutes(2), Duration.ofSeconds(30), time);

  @Test
  void unknownKeysCauseOneLookInThirtySeconds() throws JOSEException {
    publish("old");
    assertThat(ids(keys.current())).containsExactly("old");
    for (int i = 0; i < 1_000; i++) {
      assertThat(ids(keys.again())).containsExactly("old");
    }
    assertThat(looks).isEqualTo(1);
    publish("old", "new");
    time.advance(Duration.ofSeconds(30));
    assertThat(ids(keys.again())).containsExactly("old", "new");
    assertThat(looks).isEqualTo(2);
  }

  @Test
  void aKeyThatWasTakenAwayIsForgottenWithinTheLifetime() throws JOSEException {
    publish("old", "new");
    keys.current();
    publish("new");
    time.advance(Duration.ofSeconds(119));
    assertThat(ids(keys.current())).containsExactly("old", "new");
    time.advance(Duration.ofSeconds(1));
    assertThat(ids(keys.current())).containsExactly("new");
  }

  @Test
  void aSourceThatFailsLeavesTheKeysForOneMoreLifetimeOnly() throws JOSEException {
    publish("old");
    keys.current();
    failing = true;
    time.advance(Duration.ofSeconds(239));
    assertThat(ids(keys.current())).containsExactly("old");
    time.advance(Duration.ofSeconds(31));
    assertThat(ids(keys.current())).isEmpty();
  }

  @Test
  void whoAsksDuringALookWaitsForItsAnswer() throws JOSEException {
    pending = new CompletableFuture<>();
    var first = keys.current().toCompletableFuture();
    var second = keys.again().toCompletableFuture();
    assertThat(first).isNotDone();
    assertThat(second).isNotDone();
    publish("new");
    pending.complete(published);
    assertThat(ids(first)).containsExactly("new");
    assertThat(ids(second)).containsExactly("new");
    assertThat(looks).isEqualTo(1);
  }

  private CompletionStage<JWKSet> look() {
    looks++;
    if (pending != null) {
      return pending;
    }
    return failing
        ? CompletableFuture.failedFuture(new IllegalStateException("down"))
        : CompletableFuture.completedFuture(published);
  }

  private void publish(String... ids) throws JOSEException {
    JWK[] made = new JWK[ids.length];
    for (int i = 0; i < ids.length; i++) {
      made[i] = TokenMint.rsa(ids[i]).toPublicJWK();
    }
    published = new JWKSet(java.util.List.of(made));
  }

  private static java.util.List<String> ids(CompletionStage<JWKSet> keys) {
    return keys.toCompletableFuture().join().getKeys().stream().map(JWK::getKeyID).toList();
  }
}
