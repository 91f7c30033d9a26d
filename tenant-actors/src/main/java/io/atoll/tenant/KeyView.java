package io.atoll.tenant;

import io.atoll.access.KeyMode;
import io.atoll.access.Scope;
import java.util.Set;

/**
 * An API key without its secret. {@code prefix} is the readable beginning with the last four
 * characters; times are epoch milliseconds, -1 for never.
 */
public record KeyView(
    String id,
    String name,
    String prefix,
    KeyMode mode,
    Set<Scope> scopes,
    long createdAt,
    long expiresAt,
    long lastUsedAt,
    long revokedAt) {}
