package io.atoll.tenant;

import io.atoll.quota.ActionLimit;
import io.atoll.quota.Quota;
import io.atoll.quota.Quotas;
import org.jspecify.annotations.Nullable;

/** Compares the quotas before and after a change. */
final class LimitChange {
  private LimitChange() {}

  /** Whether any limit is higher than before, so that what was refused may pass now. */
  static boolean raises(Quotas before, Quotas after) {
    for (Quota quota : Quota.values()) {
      if (isHigher(before.limit(quota), after.limit(quota))) {
        return true;
      }
    }
    return before.actions().entrySet().stream()
        .anyMatch(action -> isHigher(action.getValue(), after.actions().get(action.getKey())));
  }

  private static boolean isHigher(ActionLimit before, @Nullable ActionLimit after) {
    return after == null
        || isHigher(before.limit(), after.limit())
        || after.windowMs() < before.windowMs();
  }

  private static boolean isHigher(long before, long after) {
    return before != Quota.UNLIMITED && (after == Quota.UNLIMITED || after > before);
  }
}
