package io.atoll.tenant;

import io.atoll.quota.Quota;
import io.atoll.quota.QuotaUsage;
import io.atoll.quota.Quotas;
import io.atoll.quota.UsageLevels;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Decides when sessions are told that a quota is nearly used up: at 80 and at 95 percent, and again
 * only after the use fell five percent below.
 */
final class QuotaNotices {
  private static final List<Quota> TOLD =
      List.of(
          Quota.STORAGE_BYTES, Quota.ENTRIES, Quota.MAPS, Quota.CONNECTIONS, Quota.OPS_PER_SECOND);
  private static final double SLACK = 5;

  /** The level that was told; empty for a tenant that nobody listens to. */
  private Map<Quota, Integer> told = Map.of();

  /** What to tell now; each crossing of a level is told once. */
  List<SessionNotice> notices(String tenantId, Quotas quotas, QuotaUsage usage) {
    if (told.isEmpty()) {
      told = new EnumMap<>(Quota.class);
    }
    List<SessionNotice> notices = new ArrayList<>();
    for (Quota quota : TOLD) {
      double percent =
          quotas.limit(quota) > 0 ? usage.utilization().getOrDefault(quota.apiName(), 0.0) : 0;
      if (rises(quota, percent)) {
        notices.add(new SessionNotice.QuotaNotice(tenantId, quota.apiName(), percent));
      }
    }
    return notices;
  }

  private boolean rises(Quota quota, double percent) {
    int before = told.getOrDefault(quota, 0);
    int reached = UsageLevels.reached(percent);
    int kept = Math.min(before, UsageLevels.reached(percent + SLACK));
    told.put(quota, Math.max(reached, kept));
    return reached > before;
  }
}
