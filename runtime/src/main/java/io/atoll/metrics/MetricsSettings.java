package io.atoll.metrics;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * The {@code atoll.metrics} block: how many tenants have a label of their own, how often the labels
 * go to the heaviest again, and how often the tenants' quotas are looked at.
 */
public record MetricsSettings(int tenantLabels, Duration reviewInterval, Duration sampleInterval) {
  /** Reads the block; fails with {@code ConfigException}. */
  public static MetricsSettings from(Config config) {
    return new MetricsSettings(
        config.getInt("tenant-labels"),
        config.getDuration("review-interval"),
        config.getDuration("sample-interval"));
  }
}
