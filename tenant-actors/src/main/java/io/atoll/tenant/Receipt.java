package io.atoll.tenant;

import io.atoll.access.ApiKey;
import io.atoll.quota.ActionStatus;
import java.time.Duration;

/**
 * The first answer to a command with an idempotency key, to be given again until {@code expiresAt}
 * (epoch milliseconds). Of the client's key only a digest is kept; {@code fingerprint} stands for
 * the content of the request. The end of a migration has one too, under a name of its own.
 */
record Receipt(String keyDigest, String fingerprint, long expiresAt, Answer answer) {
  /** How long an answer is given again. */
  static final long LIFETIME_MS = Duration.ofHours(24).toMillis();

  /** That this end of a migration is known. */
  static Receipt of(Migration ended, long at) {
    return new Receipt(keyOf(ended), "", at + LIFETIME_MS, new Done());
  }

  /** Where the receipt of this end is found; no digest of a client's key has such a form. */
  static String keyOf(Migration ended) {
    return "migration " + ended.id();
  }

  /** What was answered. */
  sealed interface Answer {}

  /** What can be answered again from here. */
  sealed interface Answered extends Answer {}

  /** The tenant as it was created. */
  record Created(TenantSpec spec, long createdAt) implements Answered {}

  /** Done, and nothing to say. */
  record Done() implements Answered {}

  /** A new API key; its text is sealed under the client's idempotency key. */
  record KeyIssued(ApiKey key, byte[] sealedText) implements Answered {}

  /** Nothing yet: the answer is kept where the request went on to. */
  record Promised() implements Answer {}

  /** The uses of an action that were counted. */
  record Counted(ActionStatus status) implements Answered {}
}
