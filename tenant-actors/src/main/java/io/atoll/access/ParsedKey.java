package io.atoll.access;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a key's text whose checksum is right; whether the key exists is for its tenant to
 * say. Immutable; the secret shows in no text.
 */
public record ParsedKey(KeyMode mode, String tenantId, String keyId, byte[] secret) {
  public ParsedKey {
    secret = secret.clone();
  }

  @Override
  public byte[] secret() {
    return secret.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ParsedKey key
        && mode == key.mode
        && tenantId.equals(key.tenantId)
        && keyId.equals(key.keyId)
        && Arrays.equals(secret, key.secret);
  }

  @Override
  public int hashCode() {
    return 31 * tenantId.hashCode() + keyId.hashCode();
  }

  @Override
  public String toString() {
    return "ParsedKey[tenantId=" + tenantId + ", keyId=" + keyId + "]";
  }
}
