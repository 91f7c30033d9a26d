package io.atoll.http.credential;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes tokens, right ones and wrong ones, without a library that would refuse to. */
final class TokenMint {
  private TokenMint() {}

  static String signed(String header, String claims, PrivateKey key, String algorithm)
      throws GeneralSecurityException {
    String content = part(header) + "." + part(claims);
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    signature.update(content.getBytes(StandardCharsets.US_ASCII));
    return content + "." + part(signature.sign());
  }

  static String shared(String header, String claims, byte[] secret)
      throws GeneralSecurityException {
    String content = part(header) + "." + part(claims);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret, "HmacSHA256"));
    return content + "." + part(mac.doFinal(content.getBytes(StandardCharsets.US_ASCII)));
  }

  static String unsigned(String header, String claims, byte[] signature) {
    return part(header) + "." + part(claims) + "." + part(signature);
  }

  static KeyPair pair(String algorithm, int size) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    if (size > 0) {
      generator.initialize(size);
    }
    return generator.generateKeyPair();
  }

  static RSAKey rsa(String id) throws com.nimbusds.jose.JOSEException {
    return new RSAKeyGenerator(2048).keyID(id).generate();
  }

  static String set(JWK... keys) {
    return new JWKSet(java.util.List.of(keys)).toString(true);
  }

  static String part(String text) {
    return part(text.getBytes(StandardCharsets.UTF_8));
  }

  static String part(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
