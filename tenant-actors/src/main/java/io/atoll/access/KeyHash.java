package io.atoll.access;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA-256 of a secret under its key's own salt. The secrets are 256 random bits, which no slow
 * hash could make harder to guess.
 */
final class KeyHash {
  private static final String ALGORITHM = "HmacSHA256";

  private KeyHash() {}

  static byte[] of(byte[] salt, byte[] secret) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(salt, ALGORITHM));
      return mac.doFinal(secret);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
