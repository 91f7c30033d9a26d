package io.atoll.http.credential;

import io.atoll.time.TimeSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Judges JSON Web Tokens of all configured issuers. Thread-safe. */
final class Tokens {
  static final int MAX_LENGTH = 8 * 1024;
  private static final Duration KEY_SET_TIMEOUT = Duration.ofSeconds(5);

  private final Map<String, TokenIssuer> issuers = new HashMap<>();
  private final Duration keySetTimeout;
  private final TimeSource time;

  Tokens(CredentialSettings settings, TimeSource time) {
    this(settings, KEY_SET_TIMEOUT, time);
  }

  Tokens(CredentialSettings settings, Duration keySetTimeout, TimeSource time) {
    this.keySetTimeout = keySetTimeout;
    this.time = time;
    for (IssuerSettings issuer : settings.issuers()) {
      issuers.put(
          issuer.issuer(), new TokenIssuer(issuer, settings.clockSkew(), keys(issuer, settings)));
    }
  }

  /** Whom the token stands for, empty when it is not to be trusted. */
  CompletionStage<Optional<Principal>> judge(String text) {
    Optional<TokenParts> token =
        issuers.isEmpty() || text.length() > MAX_LENGTH ? Optional.empty() : TokenParts.parse(text);
    TokenIssuer issuer =
        token.map(parts -> issuers.get(TokenParts.text(parts.claims(), "iss"))).orElse(null);
    return issuer == null
        ? CompletableFuture.completedFuture(Optional.empty())
        : issuer.judge(token.orElseThrow(), time.epochMillis());
  }

  private @Nullable KeySets keys(IssuerSettings issuer, CredentialSettings settings) {
    if (issuer.keySetUrl() != null) {
      return new CachedKeySets(
          issuer.issuer(),
          KeySetSources.url(issuer.keySetUrl(), keySetTimeout),
          settings.keySetRefresh(),
          settings.keySetMinRefresh(),
          time);
    }
    if (issuer.keySetFile() != null) {
      return new CachedKeySets(
          issuer.issuer(),
          KeySetSources.file(issuer.keySetFile()),
          settings.keySetMinRefresh(),
          settings.keySetMinRefresh(),
          time);
    }
    return null;
  }
}
