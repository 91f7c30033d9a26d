package io.atoll.http.gateway;

import java.util.concurrent.ConcurrentHashMap;

/**
 * How many operations of each tenant are under way on this node; keeps what waits in front of a
 * tenant bounded. Thread-safe.
 */
final class Credits {
  private final int most;
  private final ConcurrentHashMap<String, Integer> underWay = new ConcurrentHashMap<>();

  Credits(int most) {
    this.most = most;
  }

  /** Takes credit for so many operations, all or none. One request alone always gets it. */
  boolean acquire(String tenantId, int operations) {
    boolean[] taken = {false};
    underWay.compute(
        tenantId,
        (id, before) -> {
          int sum = (before == null ? 0 : before) + operations;
          taken[0] = before == null || sum <= most;
          return taken[0] ? Integer.valueOf(sum) : before;
        });
    return taken[0];
  }

  void release(String tenantId, int operations) {
    underWay.computeIfPresent(
        tenantId, (id, before) -> before <= operations ? null : before - operations);
  }

  /** Operations of the tenant that are under way. */
  int underWay(String tenantId) {
    return underWay.getOrDefault(tenantId, 0);
  }
}
