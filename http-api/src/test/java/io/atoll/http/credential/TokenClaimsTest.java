package io.atoll.http.credential;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenClaimsTest {
  private static final long NOW = 1_000_000;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final TokenClaims claims =
      new TokenClaims(
          new IssuerSettings(
              "issuer",
              "atoll",
              Set.of("HS256"),
              null,
              null,
              "a-shared-secret-of-32-characters",
              Duration.ofSeconds(100)),
          Duration.ofSeconds(10));

  @Test
  void goodClaimsNameTheTenant() {
    Principal principal = judge("iss", "'issuer'").orElseThrow();
    assertThat(principal.tenantId()).isEqualTo("acme");
    assertThat(principal.scopes()).isEmpty();
    assertThat(principal.expiresAt()).isEqualTo((NOW + 60) * 1000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "iss | 'other' | false",
        "iss | null | false",
        "aud | 'atoll' | true",
        "aud | 'other' | false",
        "aud | null | false",
        "aud | 7 | false",
        "aud | ['atoll'] | true",
        "aud | [7,'other','atoll'] | true",
        "aud | [7,'other'] | false",
        "aud | [] | false",
        "aud | {'atoll':'atoll'} | false",
        "exp | 1000001 | true",
        "exp | 1000000 | false",
        "exp | 1000100 | true",
        "exp | 1000101 | false",
        "exp | -1 | false",
        "exp | 1000060.0 | false",
        "exp | '1000060' | false",
        "exp | 1000000000000000000000 | false",
        "exp | 253402300800 | false",
        "nbf | 1000010 | true",
        "nbf | 1000011 | false",
        "nbf | '1' | false",
        "iat | 1000010 | true",
        "iat | 1000011 | false",
        "tenant | 'other' | true",
        "tenant | 'OTHER' | false",
        "tenant | null | false",
        "scope | 'read nonsense' | true",
        "scope | ['read'] | false"
      })
  void eachClaimIsHeldToItsRule(String name, String value, boolean good) {
    assertThat(judge(name, value).isPresent()).isEqualTo(good);
  }

  @Test
  void aMissingClaimBreaksItsRule() {
    for (String name : Set.of("iss", "aud", "exp", "tenant")) {
      ObjectNode without = good();
      without.remove(name);
      assertThat(claims.principal(without, NOW * 1000)).as(name).isEmpty();
    }
  }

  private Optional<Principal> judge(String name, String value) {
    ObjectNode changed = good();
    changed.set(name, parse("{'v':" + value + "}").get("v"));
    return claims.principal(changed, NOW * 1000);
  }

  private static ObjectNode good() {
    return parse("{'iss':'issuer','aud':'atoll','tenant':'acme','exp':" + (NOW + 60) + "}");
  }

  private static ObjectNode parse(String json) {
    try {
      return (ObjectNode) MAPPER.readTree(json.replace('\'', '"'));
    } catch (JsonProcessingException malformed) {
      throw new AssertionError(malformed);
    }
  }
}
