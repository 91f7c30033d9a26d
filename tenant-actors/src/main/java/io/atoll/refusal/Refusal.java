package io.atoll.refusal;

import io.atoll.quota.Denial;
import org.jspecify.annotations.Nullable;

/**
 * An expected refusal: its code, what to tell the client and, if a quota refused, which and when to
 * come back. The detail never holds a secret.
 */
public record Refusal(ErrorCode code, String detail, @Nullable Denial denial) {
  private static final long UNAVAILABLE_RETRY_MS = 1_000;

  public static Refusal of(ErrorCode code, String detail) {
    return new Refusal(code, detail, null);
  }

  /**
   * A quota's refusal: {@code QUOTA_EXCEEDED} for caps, {@code RATE_LIMITED} for all that flows.
   */
  public static Refusal of(Denial denial) {
    return new Refusal(codeOf(denial), "quota exceeded: " + figures(denial), denial);
  }

  /** As {@link #of(Denial)}, with the tenant named in the detail. */
  public static Refusal of(String tenantId, Denial denial) {
    return new Refusal(
        codeOf(denial), "quota exceeded for tenant " + tenantId + ": " + figures(denial), denial);
  }

  /**
   * Milliseconds after which the same may pass: what the quota says, or a moment when somebody
   * cannot answer now; {@link Denial#NEVER} when waiting does not help.
   */
  public long retryAfterMs() {
    if (denial != null) {
      return denial.retryAfterMs();
    }
    return code == ErrorCode.UNAVAILABLE ? UNAVAILABLE_RETRY_MS : Denial.NEVER;
  }

  private static ErrorCode codeOf(Denial denial) {
    return denial.cap() ? ErrorCode.QUOTA_EXCEEDED : ErrorCode.RATE_LIMITED;
  }

  private static String figures(Denial denial) {
    return denial.quota() + " is at " + denial.current() + " of " + denial.limit();
  }
}
