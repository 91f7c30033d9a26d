package io.atoll.quota;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The named actions of one tenant. Times are epoch milliseconds; a clock that goes back neither
 * frees nor blocks for more than one window. Not thread-safe.
 */
public final class ActionLimits {
  /** Empty for a tenant that uses none, as most do. */
  private Map<String, ActionWindow> windows = Map.of();

  /** Counts so many uses (1 or more), all or none. */
  public ActionDecision use(String action, long count, ActionLimit limit, long now) {
    checkCount(count);
    ActionWindow window = window(action);
    if (!window.passes(limit, count, now)) {
      long retryAfterMs = window.retryAfterMs(limit, count, now);
      long current = window.used(limit, now);
      return new ActionDecision.Denied(
          Denial.ofAction(action, current, limit.limit(), retryAfterMs),
          status(action, limit, now));
    }
    window.add(limit, count, now);
    return new ActionDecision.Allowed(status(action, limit, now));
  }

  /** Counts uses that were allowed before, as on a replay, whatever the limit is now. */
  public void replay(String action, long count, ActionLimit limit, long at) {
    checkCount(count);
    window(action).add(limit, count, at);
  }

  /** Where the action stands; changes nothing. */
  public ActionStatus status(String action, ActionLimit limit, long now) {
    ActionWindow window = windows.getOrDefault(action, new ActionWindow());
    long current = window.used(limit, now);
    long remaining =
        limit.limit() == Quota.UNLIMITED ? Quota.UNLIMITED : Math.max(0, limit.limit() - current);
    return new ActionStatus(
        action, limit.limit(), limit.windowMs(), current, remaining, window.resetAt(limit, now));
  }

  /** Forgets the uses of the action. */
  public void reset(String action) {
    if (windows.containsKey(action)) {
      windows.remove(action);
    }
  }

  /** Forgets the uses of all actions but these. */
  public void retain(Set<String> actions) {
    if (!windows.isEmpty()) {
      windows.keySet().retainAll(actions);
    }
  }

  /** The uses of these actions, in the order of their names, for {@link #restore}. */
  public List<ActionUse> export(Set<String> actions) {
    return new TreeMap<>(windows)
        .entrySet().stream()
            .filter(entry -> actions.contains(entry.getKey()))
            .map(entry -> new ActionUse(entry.getKey(), entry.getValue().stamps()))
            .toList();
  }

  /** The uses of the action within the window that ends now, for {@link #restore}. */
  public ActionUse within(String action, ActionLimit limit, long now) {
    ActionWindow window = windows.get(action);
    if (window == null || window.used(limit, now) == 0) {
      return new ActionUse(action, List.of());
    }
    return new ActionUse(action, window.stamps());
  }

  /** Takes over exported uses, in place of what is known of their actions. */
  public void restore(List<ActionUse> uses) {
    uses.forEach(use -> window(use.action()).restore(use.stamps()));
  }

  private ActionWindow window(String action) {
    if (windows.isEmpty()) {
      windows = new HashMap<>();
    }
    return windows.computeIfAbsent(action, name -> new ActionWindow());
  }

  private static void checkCount(long count) {
    if (count < 1 || count > Quota.MAX_LIMIT) {
      throw new IllegalArgumentException("count must be 1 to " + Quota.MAX_LIMIT);
    }
  }
}
