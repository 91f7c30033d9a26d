package io.atoll.http.gateway;

import io.atoll.map.Outcome;
import io.atoll.plan.Tier;
import io.atoll.quota.RateStatus;
import io.atoll.refusal.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a request's operations, one outcome for each in their order. Tier and rate are
 * null when they are not known; {@code refusal} is why the request was refused as a whole, null
 * when it was not. {@code atEdge} says that the tenant was not asked.
 */
public record Operated(
    List<Outcome> outcomes,
    @Nullable Refusal refusal,
    @Nullable Tier tier,
    @Nullable RateStatus rate,
    boolean atEdge) {
  /** The outcome of a request's only operation. */
  public Outcome only() {
    return outcomes.getFirst();
  }
}
