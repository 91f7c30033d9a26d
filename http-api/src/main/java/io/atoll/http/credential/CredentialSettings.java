package io.atoll.http.credential;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.List;

/** The {@code atoll.http.credentials} block: how verdicts are remembered, and who issues tokens. */
public record CredentialSettings(
    int cacheSize,
    Duration cacheTime,
    int badPerSecond,
    Duration keySetRefresh,
    Duration keySetMinRefresh,
    Duration clockSkew,
    List<IssuerSettings> issuers) {
  public CredentialSettings {
    issuers = List.copyOf(issuers);
  }

  public static CredentialSettings from(Config config) {
    return new CredentialSettings(
        config.getInt("cache-size"),
        config.getDuration("cache-time"),
        config.getInt("bad-per-second"),
        config.getDuration("key-set-refresh"),
        config.getDuration("key-set-min-refresh"),
        config.getDuration("clock-skew"),
        config.getConfigList("issuers").stream().map(IssuerSettings::from).toList());
  }
}
