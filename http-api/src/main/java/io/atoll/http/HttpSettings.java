package io.atoll.http;

import com.typesafe.config.Config;
import io.atoll.http.credential.CredentialSettings;
import io.atoll.http.gateway.GatewaySettings;
import io.atoll.http.listener.ListenerSettings;
import java.time.Duration;

/** The {@code atoll.http} block. */
public record HttpSettings(
    String region,
    int maxValueBytes,
    Duration watchHeartbeat,
    ListenerSettings listener,
    GatewaySettings gateway,
    CredentialSettings credentials) {

  /** Reads the block {@code atoll.http} of the whole configuration. */
  public static HttpSettings from(Config root) {
    Config config = root.getConfig("atoll.http");
    return new HttpSettings(
        config.getString("region"),
        Math.toIntExact(config.getBytes("max-value-bytes")),
        config.getDuration("watch-heartbeat"),
        ListenerSettings.from(config.getConfig("listener")),
        GatewaySettings.from(config.getConfig("gateway")),
        CredentialSettings.from(config.getConfig("credentials")));
  }
}
