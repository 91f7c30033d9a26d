package io.atoll.http.session;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * The bounds of a session, from {@code atoll.session}: what a frame may hold, how much may be under
 * way or wait for a slow peer, and how long anything is waited for.
 */
public record SessionSettings(
    int maxFrameRequests,
    int maxValueBytes,
    int maxInFlightOperations,
    long maxInFlightBytes,
    long maxPendingBytes,
    int maxWatches,
    Duration authTimeout,
    Duration requestTimeout,
    Duration heartbeatInterval,
    Duration stopTimeout) {

  /** Reads the settings; {@code maxValueBytes} is the bound that HTTP has, too. */
  public static SessionSettings from(Config config, int maxValueBytes) {
    Config session = config.getConfig("atoll.session");
    return new SessionSettings(
        session.getInt("max-frame-requests"),
        maxValueBytes,
        session.getInt("max-in-flight-operations"),
        session.getBytes("max-in-flight-bytes"),
        session.getBytes("max-pending-bytes"),
        session.getInt("max-watches"),
        session.getDuration("auth-timeout"),
        session.getDuration("request-timeout"),
        session.getDuration("heartbeat-interval"),
        session.getDuration("stop-timeout"));
  }
}
