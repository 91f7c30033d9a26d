package io.atoll.http.credential;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Judges the tokens of one issuer. Thread-safe. */
final class TokenIssuer {
  private final IssuerSettings settings;
  private final TokenClaims claims;
  private final @Nullable KeySets keys;

  /** {@code keys} is null for an issuer with a shared secret, and for no other. */
  TokenIssuer(IssuerSettings settings, Duration skew, @Nullable KeySets keys) {
    this.settings = settings;
    this.claims = new TokenClaims(settings, skew);
    this.keys = keys;
  }

  /** Whom the token stands for; the signature is checked last and only for plausible claims. */
  CompletionStage<Optional<Principal>> judge(TokenParts token, long nowMillis) {
    String algorithm = TokenParts.text(token.header(), "alg");
    Optional<Principal> claimed = claims.principal(token.claims(), nowMillis);
    if (claimed.isEmpty() || !settings.algorithms().contains(algorithm)) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    return signed(token, algorithm).thenApply(good -> good ? claimed : Optional.empty());
  }

  private CompletionStage<Boolean> signed(TokenParts token, String algorithm) {
    String secret = settings.secret();
    if (secret != null) {
      return CompletableFuture.completedFuture(
          Signatures.verifyShared(token, secret.getBytes(StandardCharsets.UTF_8)));
    }
    KeySets published = Objects.requireNonNull(keys);
    return published
        .current()
        .thenCompose(set ->
            candidates(set, token, algorithm).isEmpty()
                ? published.again()
                : CompletableFuture.completedFuture(set))
        .thenApply(set -> anyVerifies(candidates(set, token, algorithm), token, algorithm));
  }

  private static boolean anyVerifies(List<JWK> candidates, TokenParts token, String algorithm) {
    return candidates.size() == 1 && Signatures.verify(token, algorithm, candidates.getFirst());
  }

  /** The keys that may have signed: the one that is named, or without a name the only one. */
  private static List<JWK> candidates(JWKSet set, TokenParts token, String algorithm) {
    boolean named = token.header().has("kid");
    String id = TokenParts.text(token.header(), "kid");
    return set.getKeys().stream()
        .filter(key -> !named || id.equals(key.getKeyID()))
        .filter(key -> Signatures.fits(key, algorithm))
        .toList();
  }
}
