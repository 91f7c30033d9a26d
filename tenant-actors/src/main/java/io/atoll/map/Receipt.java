package io.atoll.map;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The answer that a write with an idempotency key was given, kept until {@code expiresAt} (epoch
 * milliseconds) under a key of its own beside the entries: a zero byte, which no entry's key can
 * hold, and a digest.
 */
public record Receipt(Answer answer, long version, String fingerprint, long expiresAt) {
  private static final int DIGEST_BYTES = 16;

  /** The answers that can be given again; the code is what is stored. */
  public enum Answer {
    CREATED(1),
    REPLACED(2),
    REMOVED(3),
    MISSING(4),
    MISMATCHED(5);

    private final int code;

    Answer(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }

    static Answer byCode(int code) {
      for (Answer answer : values()) {
        if (answer.code == code) {
          return answer;
        }
      }
      throw new IllegalArgumentException("unknown kind of answer: " + code);
    }
  }

  /** Where the receipt of this idempotency key is kept. */
  static Key keyOf(String idempotencyKey) {
    byte[] digest = sha256(idempotencyKey.getBytes(UTF_8));
    byte[] bytes = new byte[1 + DIGEST_BYTES];
    System.arraycopy(digest, 0, bytes, 1, DIGEST_BYTES);
    return Key.of(bytes);
  }

  /** Whether the key is that of a receipt and not of an entry. */
  static boolean isReceipt(Key key) {
    return key.length() > 0 && key.bytes()[0] == 0;
  }

  byte[] toValue() {
    byte[] print = fingerprint.getBytes(UTF_8);
    return ByteBuffer.allocate(9 + print.length)
        .put((byte) answer.code())
        .putLong(version)
        .put(print)
        .array();
  }

  static Receipt ofValue(byte[] value, long expiresAt) {
    ByteBuffer buffer = ByteBuffer.wrap(value);
    Answer answer = Answer.byCode(buffer.get());
    long version = buffer.getLong();
    return new Receipt(answer, version, new String(value, 9, value.length - 9, UTF_8), expiresAt);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
