package io.atoll.access;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.random.RandomGenerator;

/** Makes API keys. */
public final class ApiKeys {
  private static final int SALT_BYTES = 16;
  private static final int SHOWN = 4;

  private ApiKeys() {}

  /** A new key for the tenant; the random source must be a cryptographic one. */
  public static GeneratedKey generate(RandomGenerator random, String tenantId, KeySpec spec) {
    String id = Base62.random(random, KeyText.ID_LENGTH);
    String secret = Base62.random(random, KeyText.SECRET_LENGTH);
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    String text = KeyText.format(spec.mode(), tenantId, id, secret);
    ApiKey key =
        new ApiKey(
            id,
            spec.name(),
            spec.mode(),
            spec.scopes(),
            spec.createdAt(),
            spec.expiresAt(),
            ApiKey.NEVER,
            salt,
            KeyHash.of(salt, secret.getBytes(US_ASCII)),
            text.substring(text.length() - SHOWN));
    return new GeneratedKey(key, text);
  }
}
