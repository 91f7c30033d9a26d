package io.atoll.tenant;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a tenant that exists stands in its life. */
public enum TenantStatus {
  ACTIVE,
  SUSPENDED,
  DELETED;

  /** The name in the API: {@code active}, {@code suspended}, {@code deleted}. */
  public String apiName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<TenantStatus> byName(String name) {
    return Arrays.stream(values()).filter(status -> status.apiName().equals(name)).findFirst();
  }
}
