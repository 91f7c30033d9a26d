package io.atoll.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ApiKeyTest {
  private static final long CREATED = 1_700_000_000_000L;
  private static final byte[] SALT = {1, 2, 3};
  private static final byte[] HASH = {4, 5, 6};

  private static GeneratedKey generate(long expiresAt) {
    KeySpec spec = new KeySpec("ci", KeyMode.LIVE, Set.of(Scope.READ), CREATED, expiresAt);
    return ApiKeys.generate(new SecureRandom(), "acme", spec);
  }

  private static byte[] secretOf(GeneratedKey key) {
    return KeyText.parse(key.text()).orElseThrow().secret();
  }

  private static ApiKey key(String id, byte[] salt, byte[] hash) {
    return new ApiKey(
        id, "n", KeyMode.LIVE, Set.of(Scope.READ), 1, 2, ApiKey.NEVER, salt, hash, "abcd");
  }

  @Test
  void onlyItsOwnSecretMatches() {
    GeneratedKey one = generate(ApiKey.NEVER);
    GeneratedKey other = generate(ApiKey.NEVER);
    assertThat(one.key().matches(secretOf(one))).isTrue();
    assertThat(one.key().matches(secretOf(other))).isFalse();
    assertThat(one.key().matches(new byte[0])).isFalse();
  }

  @Test
  void theHashIsTheHmacOfTheSecretUnderTheSalt() {
    byte[] salt = "key".getBytes(US_ASCII);
    byte[] secret = "The quick brown fox jumps over the lazy dog".getBytes(US_ASCII);
    String known = "f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8";
    assertThat(KeyHash.of(salt, secret)).isEqualTo(HexFormat.of().parseHex(known));
  }

  @Test
  void equalSecretsHaveOtherHashesUnderOtherSalts() {
    GeneratedKey one = generate(ApiKey.NEVER);
    GeneratedKey other = generate(ApiKey.NEVER);
    assertThat(one.key().salt()).hasSize(16).isNotEqualTo(other.key().salt());
    assertThat(one.key().hash()).hasSize(32).isNotEqualTo(other.key().hash());
    assertThat(one.key().id()).hasSize(12).isNotEqualTo(other.key().id());
  }

  @Test
  void aKeyIsAsItWasAskedFor() {
    GeneratedKey made = generate(CREATED + 5);
    assertThat(made.key())
        .extracting(
            ApiKey::name, ApiKey::mode, ApiKey::scopes, ApiKey::createdAt, ApiKey::expiresAt)
        .containsExactly("ci", KeyMode.LIVE, Set.of(Scope.READ), CREATED, CREATED + 5);
    assertThat(made.key().revokedAt()).isEqualTo(ApiKey.NEVER);
    assertThat(made.text()).startsWith("atl_live_acme_" + made.key().id() + "_");
    assertThat(made.text()).endsWith(made.key().lastFour());
  }

  @Test
  void aKeyIsGoodUntilItExpires() {
    ApiKey key = generate(CREATED + 5).key();
    assertThat(key.isUsable(CREATED + 4)).isTrue();
    assertThat(key.isUsable(CREATED + 5)).isFalse();
    assertThat(key.isExpired(CREATED + 5)).isTrue();
    assertThat(generate(ApiKey.NEVER).key().isUsable(Long.MAX_VALUE)).isTrue();
  }

  @Test
  void aRevokedKeyIsNoLongerGoodAndStaysRevokedAsItWas() {
    ApiKey key = generate(ApiKey.NEVER).key();
    ApiKey revoked = key.revoked(CREATED + 1);
    assertThat(revoked.isRevoked()).isTrue();
    assertThat(revoked.isUsable(CREATED)).isFalse();
    assertThat(revoked.revoked(CREATED + 9).revokedAt()).isEqualTo(CREATED + 1);
    assertThat(key.isRevoked()).isFalse();
  }

  @Test
  void aListShowsThePrefixAndTheLastFourAlone() {
    GeneratedKey made = generate(ApiKey.NEVER);
    String secret = new String(secretOf(made), US_ASCII);
    assertThat(made.key().prefix("acme"))
        .isEqualTo("atl_live_acme_" + made.key().id() + "_..." + made.key().lastFour())
        .doesNotContain(secret.substring(0, 4));
  }

  @Test
  void nothingSecretShowsInAnyText() {
    GeneratedKey made = generate(ApiKey.NEVER);
    String secret = new String(secretOf(made), US_ASCII);
    for (String shown : List.of(made.toString(), made.key().toString())) {
      assertThat(shown).contains(made.key().id()).doesNotContain(secret, made.text());
      assertThat(shown).doesNotContain(HexFormat.of().formatHex(made.key().hash()));
      assertThat(shown).doesNotContain("salt", "hash");
    }
  }

  @Test
  void keysAreEqualByAllTheyHold() {
    ApiKey key = key("id", SALT, HASH);
    assertThat(key).isEqualTo(key("id", SALT.clone(), HASH.clone()));
    assertThat(key).hasSameHashCodeAs(key("id", SALT.clone(), HASH.clone()));
    assertThat(key).isNotEqualTo(null).isNotEqualTo("id");
    assertThat(key).isNotEqualTo(key("other", SALT, HASH));
    assertThat(key).isNotEqualTo(key("id", HASH, HASH));
    assertThat(key).isNotEqualTo(key("id", SALT, SALT));
    assertThat(key).isNotEqualTo(key.revoked(7));
    List<UnaryOperator<ApiKey>> changes =
        List.of(
            k -> with(k, "x", k.mode(), k.scopes(), k.createdAt(), k.expiresAt(), k.lastFour()),
            k -> with(k, k.name(), KeyMode.TEST, k.scopes(), 1, 2, k.lastFour()),
            k -> with(k, k.name(), k.mode(), Set.of(), 1, 2, k.lastFour()),
            k -> with(k, k.name(), k.mode(), k.scopes(), 9, 2, k.lastFour()),
            k -> with(k, k.name(), k.mode(), k.scopes(), 1, 9, k.lastFour()),
            k -> with(k, k.name(), k.mode(), k.scopes(), 1, 2, "wxyz"));
    changes.forEach(change -> assertThat(change.apply(key)).isNotEqualTo(key));
  }

  private static ApiKey with(
      ApiKey key,
      String name,
      KeyMode mode,
      Set<Scope> scopes,
      long createdAt,
      long expiresAt,
      String lastFour) {
    return new ApiKey(
        key.id(),
        name,
        mode,
        scopes,
        createdAt,
        expiresAt,
        key.revokedAt(),
        key.salt(),
        key.hash(),
        lastFour);
  }

  @Test
  void whatIsHandedOutCannotChangeTheKey() {
    ApiKey key = key("id", SALT, HASH);
    key.salt()[0] = 99;
    key.hash()[0] = 99;
    assertThat(key).isEqualTo(key("id", SALT, HASH));
  }
}
