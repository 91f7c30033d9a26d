package io.atoll.tenant;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals the text of a new API key under the idempotency key of the client who asked for it (AES-256
 * in GCM; the key is an HMAC of the client's). Who holds the receipt alone can read nothing.
 */
final class ReceiptSeal {
  /** Random bytes that each sealing needs. */
  static final int NONCE_BYTES = 12;

  private static final int TAG_BITS = 128;

  private ReceiptSeal() {}

  /** What stands for the client's key in a receipt. */
  static String digest(String tenantId, String idempotencyKey) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(tenantId.getBytes(UTF_8));
      digest.update((byte) 0);
      return HexFormat.of().formatHex(digest.digest(idempotencyKey.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The text sealed, after the nonce, which must be random and of {@link #NONCE_BYTES} bytes. */
  static byte[] seal(String tenantId, String idempotencyKey, byte[] nonce, String text) {
    byte[] sealed = run(Cipher.ENCRYPT_MODE, tenantId, idempotencyKey, nonce, text.getBytes(UTF_8));
    byte[] all = Arrays.copyOf(nonce, nonce.length + sealed.length);
    System.arraycopy(sealed, 0, all, nonce.length, sealed.length);
    return all;
  }

  /** The text that was sealed under the same client's key. */
  static String open(String tenantId, String idempotencyKey, byte[] sealed) {
    byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
    byte[] body = Arrays.copyOfRange(sealed, NONCE_BYTES, sealed.length);
    return new String(run(Cipher.DECRYPT_MODE, tenantId, idempotencyKey, nonce, body), UTF_8);
  }

  private static byte[] run(
      int mode, String tenantId, String idempotencyKey, byte[] nonce, byte[] input) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      SecretKeySpec key = new SecretKeySpec(sealingKey(tenantId, idempotencyKey), "AES");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the receipt cannot be sealed or opened", e);
    }
  }

  private static byte[] sealingKey(String tenantId, String idempotencyKey)
      throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(("atoll receipt seal " + tenantId).getBytes(UTF_8), "HmacSHA256"));
    return mac.doFinal(idempotencyKey.getBytes(UTF_8));
  }
}
