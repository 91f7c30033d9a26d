package io.atoll.access;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The text of an API key: {@code atl_live_<tenantId>_<keyId>_<secret><checksum>}, or {@code
 * atl_test_…}. All parts but the tenant's id have a fixed length, and only they hold no underscore
 * of their own, so a text has one reading. The checksum (CRC-32 of everything before it) turns
 * nonsense away without a look-up.
 */
public final class KeyText {
  /** Characters of a key's id. */
  static final int ID_LENGTH = 12;

  /** Characters of a secret: 256 random bits. */
  static final int SECRET_LENGTH = 43;

  private static final int CHECKSUM_LENGTH = 6;
  private static final String LIVE = "atl_live_";
  private static final String TEST = "atl_test_";
  private static final int TAIL_LENGTH = 1 + ID_LENGTH + 1 + SECRET_LENGTH + CHECKSUM_LENGTH;
  private static final int MIN_LENGTH = LIVE.length() + 1 + TAIL_LENGTH;

  /** The longest text that can be a key. */
  public static final int MAX_LENGTH = LIVE.length() + TenantId.MAX_LENGTH + TAIL_LENGTH;

  private KeyText() {}

  /** Whether the text looks like an API key, be it a right one or not. */
  public static boolean isKeyLike(String text) {
    return text.startsWith(LIVE) || text.startsWith(TEST);
  }

  /** The parts of a well-formed key with the right checksum. The length is looked at first. */
  public static Optional<ParsedKey> parse(String text) {
    if (text.length() > MAX_LENGTH || text.length() < MIN_LENGTH || !isKeyLike(text)) {
      return Optional.empty();
    }
    int idAt = text.length() - TAIL_LENGTH + 1;
    int secretAt = idAt + ID_LENGTH + 1;
    int checksumAt = secretAt + SECRET_LENGTH;
    String tenantId = text.substring(LIVE.length(), idAt - 1);
    String keyId = text.substring(idAt, secretAt - 1);
    String secret = text.substring(secretAt, checksumAt);
    if (!TenantId.isValid(tenantId) || !Base62.isBase62(keyId + secret)) {
      return Optional.empty();
    }
    KeyMode mode = text.startsWith(LIVE) ? KeyMode.LIVE : KeyMode.TEST;
    return format(mode, tenantId, keyId, secret).equals(text)
        ? Optional.of(new ParsedKey(mode, tenantId, keyId, secret.getBytes(US_ASCII)))
        : Optional.empty();
  }

  static String format(KeyMode mode, String tenantId, String keyId, String secret) {
    String prefix = mode == KeyMode.LIVE ? LIVE : TEST;
    String body = prefix + tenantId + "_" + keyId + "_" + secret;
    CRC32 checksum = new CRC32();
    checksum.update(body.getBytes(US_ASCII));
    return body + Base62.encode(checksum.getValue(), CHECKSUM_LENGTH);
  }
}
