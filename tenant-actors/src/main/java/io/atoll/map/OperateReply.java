package io.atoll.map;

import io.atoll.plan.Tier;
import io.atoll.quota.RateStatus;
import io.atoll.refusal.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An answer to {@code TenantCommand.Operate}; carries the tenant that answered. */
public sealed interface OperateReply {
  String tenantId();

  /** The number that the request carried. */
  long correlation();

  /**
   * Outcomes of some of the request's operations: {@code outcomes.get(i)} belongs to the operation
   * at {@code positions[i]}. A request is answered by one or more of these, each operation once.
   */
  record Outcomes(
      String tenantId,
      long correlation,
      int[] positions,
      List<Outcome> outcomes,
      Tier tier,
      RateStatus rate)
      implements OperateReply {
    /**
     * So many bytes at most are told together, as {@link Outcome#sentBytes} counts them; an outcome
     * that is larger by itself is told alone.
     */
    public static final int MOST_BYTES = 4 << 20;
  }

  /** The whole request was refused; none of its operations happened. */
  record Rejected(String tenantId, long correlation, Refusal refusal, @Nullable RateStatus rate)
      implements OperateReply {}
}
