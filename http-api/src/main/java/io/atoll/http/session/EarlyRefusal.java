package io.atoll.http.session;

import io.atoll.plan.Tier;
import io.atoll.refusal.ErrorCode;
import io.atoll.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * What the edge refuses without asking the tenant. The tier is the tenant's as it said when it last
 * refused the same, null when nothing of it is known.
 */
public record EarlyRefusal(Refusal refusal, @Nullable Tier tier) {
  /** Whether it would pass once something of the tenant that is under way is over. */
  boolean isBusy() {
    return refusal.code() == ErrorCode.UNAVAILABLE;
  }
}
