package io.atoll.http.gateway;

import com.typesafe.config.Config;
import java.time.Duration;

/** The {@code atoll.http.gateway} block. */
public record GatewaySettings(
    Duration requestTimeout, int tenantCredit, Duration denialMemory, int denialCacheSize) {
  public static GatewaySettings from(Config config) {
    return new GatewaySettings(
        config.getDuration("request-timeout"),
        config.getInt("tenant-credit"),
        config.getDuration("denial-memory"),
        config.getInt("denial-cache-size"));
  }
}
