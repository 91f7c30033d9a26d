package io.atoll.map;

/**
 * A client's promise that requests with this key are the same request: the first answer is given
 * again for 24 hours. The fingerprint stands for the request's content (a digest); the same key
 * with another fingerprint is a conflict.
 */
public record Idempotency(String key, String fingerprint) {}
