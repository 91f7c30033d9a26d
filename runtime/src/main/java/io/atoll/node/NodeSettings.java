package io.atoll.node;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * The {@code atoll.node} block: how often readiness is asked for and how long an answer may take,
 * how long open requests may take to end when the node stops, and how often deleted tenants are
 * looked through, how often the stored plans and the configuration file are looked at for changes.
 */
record NodeSettings(
    Duration readyInterval,
    Duration readyTimeout,
    Duration drainTimeout,
    Duration sweepInterval,
    Duration plansInterval,
    Duration fileInterval) {
  /** Reads the block; fails with {@code ConfigException}. */
  static NodeSettings from(Config config) {
    return new NodeSettings(
        config.getDuration("ready-interval"),
        config.getDuration("ready-timeout"),
        config.getDuration("drain-timeout"),
        config.getDuration("sweep-interval"),
        config.getDuration("plans-interval"),
        config.getDuration("file-interval"));
  }
}
