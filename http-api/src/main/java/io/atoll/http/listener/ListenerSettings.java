package io.atoll.http.listener;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The {@code atoll.http.listener} block: where to listen, and what a client may cost. */
public record ListenerSettings(
    String host,
    int port,
    Transport transport,
    int threads,
    int maxConnections,
    Sizes sizes,
    Timeouts timeouts,
    Optional<TlsFiles> tls,
    List<AddressRange> trustedProxies,
    Set<String> allowedOrigins) {
  private static final int LAST_PORT = 65_535;
  private static final int MOST_THREADS = 1_024;

  public ListenerSettings {
    trustedProxies = List.copyOf(trustedProxies);
    allowedOrigins = Set.copyOf(allowedOrigins);
  }

  /** Reads the block {@code atoll.http.listener}; fails with {@code ConfigException}. */
  public static ListenerSettings from(Config config) {
    return new ListenerSettings(
        config.getString("host"),
        port(config),
        Transport.from(config),
        threads(config),
        config.getInt("max-connections"),
        Sizes.from(config),
        Timeouts.from(config),
        TlsFiles.from(config.getConfig("tls")),
        config.getStringList("trusted-proxies").stream().map(AddressRange::parse).toList(),
        Set.copyOf(config.getStringList("allowed-origins")));
  }

  private static int port(Config config) {
    int port = config.getInt("port");
    if (port < 0 || port > LAST_PORT) {
      throw new ConfigException.BadValue(
          config.origin(), "atoll.http.listener.port", "a port is a number from 0 to " + LAST_PORT);
    }
    return port;
  }

  /** Few: what one thread has gathered leaves together. The others work for the tenants. */
  private static int threads(Config config) {
    int threads = config.getInt("threads");
    if (threads < 0 || threads > MOST_THREADS) {
      throw new ConfigException.BadValue(
          config.origin(),
          "atoll.http.listener.threads",
          "the number of threads is from 1 to " + MOST_THREADS + ", or 0 for half the processors");
    }
    return threads == 0 ? Math.max(1, Runtime.getRuntime().availableProcessors() / 2) : threads;
  }

  /** Bounds in bytes, and the number of header fields. */
  public record Sizes(
      int maxUri, int maxHeaderBlock, int maxHeaders, int maxBody, int strictBody, int buffer) {
    static Sizes from(Config config) {
      return new Sizes(
          bytes(config, "max-uri-bytes"),
          bytes(config, "max-header-bytes"),
          config.getInt("max-headers"),
          bytes(config, "max-body-bytes"),
          bytes(config, "strict-body-bytes"),
          bytes(config, "buffer-bytes"));
    }

    private static int bytes(Config config, String key) {
      return Math.toIntExact(config.getBytes(key));
    }
  }

  /**
   * How long a client may take: for a request's head, for its body (longer by a second for each
   * {@code minBodyRate} bytes that have come), between requests, and without reading what is
   * written to it. {@code ping} is the time between two pings of a quiet WebSocket.
   */
  public record Timeouts(
      Duration head, Duration body, int minBodyRate, Duration idle, Duration stall, Duration ping) {
    static Timeouts from(Config config) {
      return new Timeouts(
          config.getDuration("head-timeout"),
          config.getDuration("body-timeout"),
          Math.toIntExact(config.getBytes("min-body-bytes-per-second")),
          config.getDuration("idle-timeout"),
          config.getDuration("stall-timeout"),
          config.getDuration("ping-interval"));
    }
  }

  /** PEM files of a certificate chain and its key (PKCS #8), looked at again every interval. */
  public record TlsFiles(Path certificate, Path key, Duration checkInterval) {
    static Optional<TlsFiles> from(Config config) {
      String certificate = config.getString("certificate-file");
      if (certificate.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new TlsFiles(
              Path.of(certificate),
              Path.of(config.getString("key-file")),
              config.getDuration("check-interval")));
    }
  }
}
