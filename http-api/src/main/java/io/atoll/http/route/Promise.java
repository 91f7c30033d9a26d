package io.atoll.http.route;

import io.atoll.map.Idempotency;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The {@code Idempotency-Key} of a request, with a fingerprint of what the request asks. */
final class Promise {
  private static final int LONGEST = 255;

  private Promise() {}

  /** The promise of the request as it was sent. */
  static @Nullable Idempotency of(Call call, byte[] body) {
    String key = key(call);
    return key == null ? null : new Idempotency(key, fingerprint(call, body));
  }

  /** The client's key, null when it sent none. */
  static @Nullable String key(Call call) {
    String key = call.header("Idempotency-Key");
    if (key == null) {
      return null;
    }
    if (key.isEmpty() || key.length() > LONGEST || !visible(key)) {
      throw RefusedException.invalid("Idempotency-Key must be 1 to 255 visible ASCII characters");
    }
    return key;
  }

  private static String fingerprint(Call call, byte[] body) {
    MessageDigest digest = sha256();
    digest.update(call.request().method().name().getBytes(StandardCharsets.UTF_8));
    digest.update((byte) ' ');
    digest.update(call.arrival().target().getBytes(StandardCharsets.UTF_8));
    digest.update((byte) '\n');
    return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest(body));
  }

  /** A number that always comes out of the same key. */
  static long seed(Idempotency idempotency) {
    byte[] digest = sha256().digest(idempotency.key().getBytes(StandardCharsets.UTF_8));
    return java.nio.ByteBuffer.wrap(digest).getLong();
  }

  private static boolean visible(String key) {
    return key.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
