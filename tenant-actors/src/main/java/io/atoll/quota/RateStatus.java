package io.atoll.quota;

/**
 * Where a tenant's operations bucket stands: tokens a second, capacity, whole tokens left and the
 * milliseconds until it is full. All but the last are -1 when operations are unlimited.
 */
public record RateStatus(long limit, long burst, long remaining, long resetMs) {
  static final RateStatus UNLIMITED = new RateStatus(-1, -1, -1, 0);
}
