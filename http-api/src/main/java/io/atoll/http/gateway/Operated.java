package io.atoll.http.gateway;

import io.atoll.map.Outcome;
import io.atoll.plan.Tier;
import io.atoll.quota.RateStatus;
import io.atoll.refusal.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a request's operations, one outcome for each in their order. Tier and rate are
 * null when the tenant did not say; {@code refusal} is why the request was refused as a whole, null
 * when it was not.
 */
public record Operated(
    List<Outcome> outcomes,
    @Nullable Refusal refusal,
    @Nullable Tier tier,
    @Nullable RateStatus rate) {
  /** The outcome of a request's only operation. */
  public Outcome only() {
    return outcomes.getFirst();
  }
}
