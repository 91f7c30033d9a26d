package io.atoll.http.credential;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** Checks the signature of a token with a key whose type fits the algorithm, and no other. */
final class Signatures {
  private static final int LEAST_RSA_BITS = 2048;
  private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private Signatures() {}

  /** Whether the key is one with which this algorithm may be used. */
  static boolean fits(JWK key, String algorithm) {
    boolean meant = key.getAlgorithm() == null || key.getAlgorithm().getName().equals(algorithm);
    boolean signs = key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE);
    return meant && signs && typeFits(key, algorithm);
  }

  static boolean verify(TokenParts token, String algorithm, JWK key) {
    try {
      return switch (key) {
        case RSAKey rsa -> verify(token, algorithm, new RSASSAVerifier(rsa.toRSAPublicKey()));
        case ECKey ec -> verify(token, algorithm, new ECDSAVerifier(ec.toECPublicKey()));
        case OctetKeyPair pair -> verifyEd25519(token, pair);
        default -> false;
      };
    } catch (JOSEException | GeneralSecurityException unusable) {
      return false;
    }
  }

  static boolean verifyShared(TokenParts token, byte[] secret) {
    try {
      return verify(token, "HS256", new MACVerifier(secret));
    } catch (JOSEException unusable) {
      return false;
    }
  }

  private static boolean typeFits(JWK key, String algorithm) {
    return switch (key) {
      case RSAKey rsa -> algorithm.equals("RS256") && rsa.size() >= LEAST_RSA_BITS;
      case ECKey ec -> algorithm.equals("ES256") && Curve.P_256.equals(ec.getCurve());
      case OctetKeyPair pair -> algorithm.equals("EdDSA") && Curve.Ed25519.equals(pair.getCurve());
      default -> false;
    };
  }

  private static boolean verify(TokenParts token, String algorithm, JWSVerifier verifier)
      throws JOSEException {
    JWSHeader header = new JWSHeader(JWSAlgorithm.parse(algorithm));
    return verifier.verify(header, token.signed(), Base64URL.encode(token.signature()));
  }

  private static boolean verifyEd25519(TokenParts token, OctetKeyPair pair)
      throws GeneralSecurityException {
    byte[] point = pair.getX().decode();
    byte[] encoded = Arrays.copyOf(ED25519_PREFIX, ED25519_PREFIX.length + point.length);
    System.arraycopy(point, 0, encoded, ED25519_PREFIX.length, point.length);
    PublicKey key =
        KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    Signature signature = Signature.getInstance("Ed25519");
    signature.initVerify(key);
    signature.update(token.signed());
    return signature.verify(token.signature());
  }
}
