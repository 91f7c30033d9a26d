package io.atoll.http.credential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atoll.access.Scope;
import io.atoll.access.TenantId;
import io.atoll.tenant.Caller;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The rules of a token's claims. Times in tokens are whole epoch seconds. */
final class TokenClaims {
  private static final long LAST_SECOND = 253_402_300_799L;

  private final IssuerSettings issuer;
  private final Duration skew;

  TokenClaims(IssuerSettings issuer, Duration skew) {
    this.issuer = issuer;
    this.skew = skew;
  }

  /** Whom the claims stand for at this time (epoch millis); empty when a rule is broken. */
  Optional<Principal> principal(ObjectNode claims, long nowMillis) {
    long now = Math.floorDiv(nowMillis, 1000);
    String tenant = TokenParts.text(claims, "tenant");
    boolean holds =
        TokenParts.text(claims, "iss").equals(issuer.issuer())
            && namesAudience(claims.get("aud"))
            && livesNow(claims, now)
            && TenantId.isValid(tenant)
            && (!claims.has("scope") || claims.get("scope").isTextual());
    return holds
        ? Optional.of(
            new Principal(
                Caller.TOKEN, tenant, scopes(claims), claims.get("exp").longValue() * 1000))
        : Optional.empty();
  }

  private boolean livesNow(ObjectNode claims, long now) {
    JsonNode end = claims.get("exp");
    return isTime(end)
        && end.longValue() > now
        && end.longValue() - now <= issuer.maxLifetime().toSeconds()
        && hasBegun(claims.get("nbf"), now)
        && hasBegun(claims.get("iat"), now);
  }

  private boolean hasBegun(JsonNode begin, long now) {
    return begin == null || (isTime(begin) && begin.longValue() <= now + skew.toSeconds());
  }

  private static boolean isTime(JsonNode node) {
    return node != null
        && node.isIntegralNumber()
        && node.canConvertToLong()
        && node.longValue() >= 0
        && node.longValue() <= LAST_SECOND;
  }

  private boolean namesAudience(JsonNode audience) {
    if (audience == null) {
      return false;
    }
    if (audience.isTextual()) {
      return audience.textValue().equals(issuer.audience());
    }
    for (JsonNode one : audience) {
      if (audience.isArray() && one.isTextual() && one.textValue().equals(issuer.audience())) {
        return true;
      }
    }
    return false;
  }

  private static Set<Scope> scopes(ObjectNode claims) {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    for (String name : TokenParts.text(claims, "scope").split(" ", -1)) {
      Scope.byName(name).ifPresent(scopes::add);
    }
    return scopes;
  }
}
