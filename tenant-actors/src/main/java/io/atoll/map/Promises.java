package io.atoll.map;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Idempotency keys of writes with the fingerprints of what they promise, which are the same by
 * whichever way a write comes.
 */
public final class Promises {
  private Promises() {}

  public static Idempotency set(
      String promise, String map, Key key, byte[] value, long ifVersion, long ttlMs) {
    MessageDigest digest = entry("set", map, key);
    add(digest, value);
    return new Idempotency(promise, finish(digest, ifVersion, ttlMs));
  }

  public static Idempotency delete(String promise, String map, Key key, long ifVersion) {
    return new Idempotency(promise, finish(entry("delete", map, key), ifVersion));
  }

  private static MessageDigest entry(String operation, String map, Key key) {
    MessageDigest digest = sha256();
    add(digest, operation.getBytes(UTF_8));
    add(digest, map.getBytes(UTF_8));
    add(digest, key.bytes());
    return digest;
  }

  /** Adds a part with its length in front, so that parts cannot run into each other. */
  private static void add(MessageDigest digest, byte[] part) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).flip());
    digest.update(part);
  }

  private static String finish(MessageDigest digest, long... numbers) {
    for (long number : numbers) {
      digest.update(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException("every Java platform has SHA-256", absent);
    }
  }
}
