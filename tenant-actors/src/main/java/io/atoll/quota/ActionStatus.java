package io.atoll.quota;

/**
 * Where a named action stands: uses within the window, how many are left (-1 when unlimited) and
 * the epoch millisecond at which the oldest use leaves the window (now when there is none).
 */
public record ActionStatus(
    String action, long limit, long windowMs, long current, long remaining, long resetAt) {}
