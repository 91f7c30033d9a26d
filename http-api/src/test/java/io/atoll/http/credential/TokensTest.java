package io.atoll.http.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import io.atoll.access.Scope;
import io.atoll.time.ManualTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {
  private static final String SECRET = "a-shared-secret-of-32-characters";
  private static final String RS256 = "{\"alg\":\"RS256\",\"kid\":\"k1\"}";

  private static RSAKey rsa;

  @TempDir Path folder;

  private final ManualTime time = new ManualTime();
  private Path keySet;

  @BeforeAll
  static void makeKey() throws JOSEException {
    rsa = TokenMint.rsa("k1");
  }

  @BeforeEach
  void writeKeySet() throws IOException {
    keySet = Files.writeString(folder.resolve("keys.json"), TokenMint.set(rsa.toPublicJWK()));
  }

  @Test
  void aGoodTokenStandsForItsTenantAndScopes() throws Exception {
    Principal principal = judge(rsa(RS256, claims(""))).orElseThrow();
    assertThat(principal.tenantId()).isEqualTo("acme");
    assertThat(principal.scopes()).containsExactlyInAnyOrder(Scope.READ, Scope.WRITE);
    assertThat(principal.expiresAt()).isEqualTo((now() + 60) * 1000);
    assertThat(principal.isAdmin()).isFalse();
  }

  @Test
  void everyConfiguredAlgorithmVerifies() throws Exception {
    String shared = TokenMint.shared("{\"alg\":\"HS256\"}", claims(""), bytes(SECRET));
    assertThat(judge(shared, settings(Set.of("HS256"), null, SECRET))).isPresent();

    KeyPair ec = TokenMint.pair("EC", 256);
    write(new ECKey.Builder(Curve.P_256, (ECPublicKey) ec.getPublic()).keyID("e").build());
    String es256 =
        TokenMint.signed(
            "{\"alg\":\"ES256\"}", claims(""), ec.getPrivate(), "SHA256withECDSAinP1363Format");
    assertThat(judge(es256)).isPresent();

    KeyPair ed = TokenMint.pair("Ed25519", 0);
    byte[] encoded = ed.getPublic().getEncoded();
    byte[] point = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    write(new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(point)).keyID("d").build());
    String edDsa = TokenMint.signed("{\"alg\":\"EdDSA\"}", claims(""), ed.getPrivate(), "Ed25519");
    assertThat(judge(edDsa)).isPresent();
    assertThat(judge(edDsa.substring(0, edDsa.length() - 8) + "AAAAAAAA")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "nOnE", "HS256", "RS512", "PS256", "ES256", ""})
  void anotherAlgorithmIsRefused(String algorithm) throws Exception {
    String header = "{\"alg\":\"" + algorithm + "\",\"kid\":\"k1\"}";
    assertThat(judge(TokenMint.unsigned(header, claims(""), new byte[0]))).isEmpty();
    assertThat(judge(rsa(header, claims("")))).isEmpty();
  }

  @Test
  void aPublicKeyIsNoSharedSecret() throws Exception {
    byte[] secret = rsa.toRSAPublicKey().getEncoded();
    assertThat(judge(TokenMint.shared("{\"alg\":\"HS256\",\"kid\":\"k1\"}", claims(""), secret)))
        .isEmpty();
  }

  @Test
  void aSignatureOfZerosIsRefused() throws Exception {
    KeyPair ec = TokenMint.pair("EC", 256);
    write(new ECKey.Builder(Curve.P_256, (ECPublicKey) ec.getPublic()).keyID("e").build());
    assertThat(judge(TokenMint.unsigned("{\"alg\":\"ES256\"}", claims(""), new byte[64])))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"jku\":\"http://127.0.0.1:1/keys\"",
        "\"x5u\":\"http://127.0.0.1:1/cert\"",
        "\"jwk\":{\"kty\":\"oct\",\"k\":\"AA\"}",
        "\"crit\":[\"exp\"]",
        "\"zip\":\"DEF\"",
        "\"b64\":false",
        "\"enc\":\"A128GCM\"",
        "\"typ\":\"other\"",
        "\"kid\":\"unknown\"",
        "\"kid\":7"
      })
  void aHeaderThatChangesTheRulesIsRefused(String member) throws Exception {
    String header = "{\"alg\":\"RS256\"," + member + "}";
    assertThat(judge(rsa(header, claims("")))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"exp\":1",
        "\"exp\":\"4102444800\"",
        "\"exp\":1e308",
        "\"exp\":4102444800",
        "\"exp\":null",
        "\"iss\":\"other\"",
        "\"iss\":[\"issuer\"]",
        "\"aud\":\"other\"",
        "\"aud\":[\"other\",\"another\"]",
        "\"aud\":[]",
        "\"aud\":{\"atoll\":\"atoll\"}",
        "\"tenant\":[\"acme\"]",
        "\"tenant\":{}",
        "\"tenant\":7",
        "\"tenant\":\"\"",
        "\"tenant\":\"ACME\"",
        "\"tenant\":\"acme\\u0000\"",
        "\"scope\":[\"read\"]",
        "\"nbf\":4102444800",
        "\"nbf\":\"1\"",
        "\"iat\":4102444800",
        "\"iat\":1.5"
      })
  void aClaimThatIsNotRightIsRefused(String member) throws Exception {
    assertThat(judge(rsa(RS256, claims(member)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"exp", "iss", "aud", "tenant"})
  void aMissingClaimIsRefused(String name) throws Exception {
    assertThat(judge(rsa(RS256, claims("-" + name)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"JWT", "jwt", "at+jwt"})
  void aTypeOfTokensIsTaken(String type) throws Exception {
    String header = "{\"alg\":\"RS256\",\"typ\":\"" + type + "\"}";
    assertThat(judge(rsa(header, claims("")))).isPresent();
  }

  @Test
  void whatIsNoObjectIsNoToken() throws Exception {
    assertThat(judge(rsa("[]", claims("")))).isEmpty();
    assertThat(judge(rsa(RS256, "[]"))).isEmpty();
  }

  @Test
  void aTokenAboveTheBoundIsNotTakenApart() throws Exception {
    String padding = "\"padding\":\"" + "x".repeat(Tokens.MAX_LENGTH) + "\",";
    assertThat(judge(rsa(RS256, claims("").replace("{", "{" + padding)))).isEmpty();
  }

  @Test
  void aKeySetFileAboveTheBoundIsNotRead() throws Exception {
    Files.writeString(keySet, TokenMint.set(rsa.toPublicJWK()) + " ".repeat(256 * 1024));
    assertThat(judge(rsa(RS256, claims("")))).isEmpty();
    Files.delete(keySet);
    assertThat(judge(rsa(RS256, claims("")))).isEmpty();
  }

  @Test
  void withoutIssuersNoTokenIsTaken() throws Exception {
    assertThat(new Tokens(settings(List.of()), time).judge(rsa(RS256, claims(""))))
        .isCompletedWithValue(Optional.empty());
  }

  @Test
  void anIssuerIsReadFromTheConfiguration() {
    Config config =
        ConfigFactory.parseString(
            "issuer = i, audience = a, algorithms = [EdDSA], jwks-file = keys.json");
    IssuerSettings issuer = IssuerSettings.from(config);
    assertThat(issuer.keySetFile()).isEqualTo(Path.of("keys.json"));
    assertThat(issuer.keySetUrl()).isNull();
    assertThat(issuer.maxLifetime()).isEqualTo(Duration.ofDays(1));
  }

  @Test
  void anAudienceAmongOthersIsEnough() throws Exception {
    assertThat(judge(rsa(RS256, claims("\"aud\":[\"other\",\"atoll\"]")))).isPresent();
  }

  @Test
  void aMemberNamedTwiceIsRefused() throws Exception {
    String twice = claims("").replace("{", "{\"tenant\":\"other\",");
    assertThat(judge(rsa(RS256, twice))).isEmpty();
    assertThat(judge(rsa("{\"alg\":\"none\",\"alg\":\"RS256\"}", claims("")))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a.b", "a.b.c.d", "a.b.c.d.e", "%%.%%.%%", "e30.e30.e30"})
  void whatIsNoTokenIsRefused(String token) {
    assertThat(judge(token)).isEmpty();
  }

  @Test
  void aTokenEndsInItsVerySecond() throws Exception {
    String token = rsa(RS256, claims(""));
    time.advance(Duration.ofSeconds(59));
    assertThat(judge(token)).isPresent();
    time.advance(Duration.ofSeconds(1));
    assertThat(judge(token)).isEmpty();
  }

  @Test
  void aKeyThatIsTooSmallOrForEncryptionIsNotUsed() throws Exception {
    KeyPair small = TokenMint.pair("RSA", 1024);
    var weak =
        new RSAKey.Builder((java.security.interfaces.RSAPublicKey) small.getPublic())
            .keyID("k1")
            .build();
    write(weak);
    String token = TokenMint.signed(RS256, claims(""), small.getPrivate(), "SHA256withRSA");
    assertThat(judge(token)).isEmpty();
  }

  @Test
  void settingsThatMixUpKeysAreRefused() {
    assertThatThrownBy(() -> settings(Set.of("HS256", "RS256"), keySet, SECRET))
        .isInstanceOf(ConfigException.class);
    assertThatThrownBy(() -> settings(Set.of("HS256"), null, "short"))
        .isInstanceOf(ConfigException.class);
    assertThatThrownBy(() -> settings(Set.of("RS256"), null, null))
        .isInstanceOf(ConfigException.class);
    assertThatThrownBy(() -> settings(Set.of(), keySet, null)).isInstanceOf(ConfigException.class);
    assertThatThrownBy(() -> settings(Set.of("RS256"), keySet, SECRET))
        .isInstanceOf(ConfigException.class);
    assertThatThrownBy(() -> settings(Set.of("HS256"), keySet, SECRET))
        .isInstanceOf(ConfigException.class);
    assertThatThrownBy(() -> settings(Set.of("none"), keySet, null))
        .isInstanceOf(ConfigException.class);
    assertThat(settings(Set.of("HS256"), null, SECRET).toString()).doesNotContain(SECRET);
  }

  private Optional<Principal> judge(String token) {
    return judge(token, settings(Set.of("RS256", "ES256", "EdDSA"), keySet, null));
  }

  private Optional<Principal> judge(String token, IssuerSettings issuer) {
    return new Tokens(settings(List.of(issuer)), time).judge(token).toCompletableFuture().join();
  }

  private static CredentialSettings settings(List<IssuerSettings> issuers) {
    return new CredentialSettings(
        10,
        Duration.ofMinutes(1),
        20,
        Duration.ofMinutes(2),
        Duration.ofSeconds(30),
        Duration.ofSeconds(10),
        issuers);
  }

  private static IssuerSettings settings(Set<String> algorithms, Path file, String secret) {
    return new IssuerSettings(
        "issuer", "atoll", algorithms, null, file, secret, Duration.ofHours(1));
  }

  /** Good claims with this member in place of the good one, or ("-name") without one. */
  private String claims(String member) {
    String good =
        "{\"iss\":\"issuer\",\"aud\":\"atoll\",\"tenant\":\"acme\",\"exp\":%d,\"scope\":\"read write x\"}"
            .formatted(now() + 60);
    String name =
        member.startsWith("-") ? member.substring(1) : member.replaceAll("^\"(\\w+)\".*", "$1");
    String without = good.replaceAll(",?\"" + name + "\":(\"[^\"]*\"|\\d+)", "").replace("{,", "{");
    if (member.isEmpty()) {
      return good;
    }
    return member.startsWith("-") ? without : without.replace("{", "{" + member + ",");
  }

  private long now() {
    return Math.floorDiv(time.epochMillis(), 1000);
  }

  private static String rsa(String header, String claims)
      throws GeneralSecurityException, JOSEException {
    return TokenMint.signed(header, claims, rsa.toPrivateKey(), "SHA256withRSA");
  }

  private void write(com.nimbusds.jose.jwk.JWK key) throws IOException {
    Files.writeString(keySet, TokenMint.set(key));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
