package io.atoll.access;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An API key as its tenant keeps it: never its secret, only a salted hash. Times are epoch
 * milliseconds; {@link #NEVER} for a key that does not expire or is not revoked. {@code lastFour}
 * ends the key's text. Immutable; salt and hash show in no text.
 */
public record ApiKey(
    String id,
    String name,
    KeyMode mode,
    Set<Scope> scopes,
    long createdAt,
    long expiresAt,
    long revokedAt,
    byte[] salt,
    byte[] hash,
    String lastFour) {
  /** It does not happen. */
  public static final long NEVER = -1;

  public ApiKey {
    scopes = Set.copyOf(scopes);
    salt = salt.clone();
    hash = hash.clone();
  }

  @Override
  public byte[] salt() {
    return salt.clone();
  }

  @Override
  public byte[] hash() {
    return hash.clone();
  }

  /** Whether this is the key's secret. Takes the same time for every wrong one. */
  public boolean matches(byte[] secret) {
    return MessageDigest.isEqual(hash, KeyHash.of(salt, secret));
  }

  /** Whether the key may be used: neither revoked nor expired. */
  public boolean isUsable(long now) {
    return !isRevoked() && !isExpired(now);
  }

  public boolean isRevoked() {
    return revokedAt != NEVER;
  }

  /** Whether its time is over; a key is good until just before {@code expiresAt}. */
  public boolean isExpired(long now) {
    return expiresAt != NEVER && now >= expiresAt;
  }

  /** The key with its revocation; a key that was revoked before stays as it is. */
  public ApiKey revoked(long at) {
    return isRevoked()
        ? this
        : new ApiKey(id, name, mode, scopes, createdAt, expiresAt, at, salt, hash, lastFour);
  }

  /** The readable beginning of the key's text and its last four characters. */
  public String prefix(String tenantId) {
    return "atl_" + mode.apiName() + "_" + tenantId + "_" + id + "_..." + lastFour;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ApiKey key
        && id.equals(key.id)
        && name.equals(key.name)
        && mode == key.mode
        && scopes.equals(key.scopes)
        && createdAt == key.createdAt
        && expiresAt == key.expiresAt
        && revokedAt == key.revokedAt
        && Arrays.equals(salt, key.salt)
        && Arrays.equals(hash, key.hash)
        && lastFour.equals(key.lastFour);
  }

  @Override
  public int hashCode() {
    return 31 * id.hashCode() + Arrays.hashCode(hash);
  }

  @Override
  public String toString() {
    return "ApiKey[id=" + id + ", name=" + name + ", mode=" + mode + ", scopes=" + scopes + "]";
  }
}
