package io.atoll.http.credential;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SignaturesTest {
  private static final List<String> ALGORITHMS = List.of("RS256", "ES256", "EdDSA", "HS256");

  private static RSAKey rsa;
  private static ECKey ec;
  private static ECKey otherCurve;

  @BeforeAll
  static void makeKeys() throws JOSEException {
    rsa = TokenMint.rsa("k");
    ec = new ECKeyGenerator(Curve.P_256).generate();
    otherCurve = new ECKeyGenerator(Curve.P_384).generate();
  }

  @Test
  void aKeyFitsTheOneAlgorithmOfItsType() {
    assertThat(fitting(rsa)).containsExactly("RS256");
    assertThat(fitting(ec)).containsExactly("ES256");
    assertThat(fitting(pair(Curve.Ed25519))).containsExactly("EdDSA");
    assertThat(fitting(otherCurve)).isEmpty();
    assertThat(fitting(pair(Curve.X25519))).isEmpty();
    assertThat(fitting(secret())).isEmpty();
  }

  @Test
  void whatAKeySaysOfItselfCounts() {
    assertThat(fitting(new RSAKey.Builder(rsa).keyUse(KeyUse.SIGNATURE).build()))
        .containsExactly("RS256");
    assertThat(fitting(new RSAKey.Builder(rsa).keyUse(KeyUse.ENCRYPTION).build())).isEmpty();
    assertThat(fitting(meantFor(JWSAlgorithm.RS256))).containsExactly("RS256");
    assertThat(fitting(meantFor(JWSAlgorithm.RS512))).isEmpty();
  }

  @Test
  void aKeyThatCannotBeUsedVerifiesNothing() {
    TokenParts token = TokenParts.parse(TokenMint.unsigned("{}", "{}", new byte[64])).orElseThrow();
    assertThat(Signatures.verify(token, "ES256", otherCurve)).isFalse();
    assertThat(Signatures.verify(token, "HS256", secret())).isFalse();
    assertThat(Signatures.verify(token, "EdDSA", pair(Curve.X25519))).isFalse();
    assertThat(Signatures.verifyShared(token, "short".getBytes(StandardCharsets.UTF_8))).isFalse();
  }

  private static List<String> fitting(JWK key) {
    return ALGORITHMS.stream().filter(algorithm -> Signatures.fits(key, algorithm)).toList();
  }

  private static RSAKey meantFor(Algorithm algorithm) {
    return new RSAKey.Builder(rsa).algorithm(algorithm).build();
  }

  /** A point of 31 bytes, which is none of the curve. */
  private static OctetKeyPair pair(Curve curve) {
    return new OctetKeyPair.Builder(curve, Base64URL.encode(new byte[31])).build();
  }

  private static OctetSequenceKey secret() {
    return new OctetSequenceKey.Builder(new byte[32]).build();
  }
}
