package io.atoll.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import io.atoll.placement.NodeTiers;
import io.atoll.plan.Tier;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The {@code atoll.cluster} block: where the other nodes reach this one and where it finds them.
 * Without seeds the node is a cluster of its own.
 *
 * @param host the name or address that the others know this node by
 * @param port the port that the others know it by
 * @param bindHost the address to listen on
 * @param seeds the nodes to join; the first of them forms a cluster when there is none
 * @param tiers the tiers of tenants that this node serves
 * @param stableAfter how long the view of who is reachable must hold before the smaller part ends
 * @param heartbeatPause how long a node may be silent before it counts as unreachable
 * @param handOverTimeout how long a node that stops waits for the others to take its cells
 * @param rehearsal how long a node serves a tenant of its own at most before it joins, goes through
 *     moves, and calls its own edge before it is ready
 * @param tls the files of mutual TLS between the nodes
 */
public record ClusterSettings(
    String host,
    int port,
    String bindHost,
    List<Seed> seeds,
    Set<Tier> tiers,
    Duration stableAfter,
    Duration heartbeatPause,
    Duration handOverTimeout,
    Duration rehearsal,
    Optional<Tls> tls) {
  /** A word of who is reachable goes round and is acted on within this. */
  private static final Duration MARGIN = Duration.ofSeconds(1);

  private static final Duration LEAST_STABLE_AFTER = Duration.ofSeconds(3);
  private static final String BLOCK = "atoll.cluster";
  private static final String ARTERY = "pekko.remote.artery.";
  private static final String ROTATING_KEYS = ARTERY + "ssl.rotating-keys-engine.";

  /** PEM files: this node's certificate with its key, and who may sign those of the others. */
  public record Tls(String certificateFile, String keyFile, String authorityFile) {}

  /** Reads the block and looks names up; fails with {@code ConfigException}. */
  public static ClusterSettings from(Config config) {
    Config cluster = config.getConfig(BLOCK);
    String host = cluster.getString("host");
    String bindHost = cluster.getString("bind-host");
    ClusterSettings settings =
        new ClusterSettings(
            host,
            cluster.getInt("port"),
            bindHost.isEmpty() ? host : bindHost,
            Seed.all(cluster),
            tiers(cluster.getStringList("tiers")),
            cluster.getDuration("stable-after"),
            cluster.getDuration("heartbeat-pause"),
            cluster.getDuration("hand-over-timeout"),
            cluster.getDuration("rehearsal"),
            tls(cluster.getConfig("tls")));
    settings.check(config);
    return settings;
  }

  private static Set<Tier> tiers(List<String> names) {
    Set<Tier> tiers = EnumSet.noneOf(Tier.class);
    for (String name : names) {
      tiers.add(Tier.byName(name).orElseThrow(() -> wrong("tiers", "must be some of A, B and C")));
    }
    if (tiers.isEmpty()) {
      throw wrong("tiers", "must name at least one of A, B and C");
    }
    return tiers;
  }

  private static Optional<Tls> tls(Config tls) {
    Tls files =
        new Tls(
            tls.getString("certificate-file"),
            tls.getString("key-file"),
            tls.getString("authority-file"));
    List<String> all = List.of(files.certificateFile(), files.keyFile(), files.authorityFile());
    if (all.stream().allMatch(String::isEmpty)) {
      return Optional.empty();
    }
    if (all.stream().anyMatch(String::isEmpty)) {
      throw wrong("tls", "needs all three: certificate-file, key-file and authority-file");
    }
    return Optional.of(files);
  }

  private void check(Config config) {
    if (isAlone()) {
      return;
    }
    if (port == 0) {
      throw wrong("port", "must be one that stays when the node restarts, not 0");
    }
    if (stableAfter.compareTo(LEAST_STABLE_AFTER) < 0) {
      throw wrong(
          "stable-after",
          "must be 3s or more: a node that the others do not confirm for a second less stops"
              + " serving its tenants");
    }
    if (!config.getString("atoll.store").equals("cassandra")) {
      throw new ConfigException.BadValue(
          "atoll.store", "must be cassandra when atoll.cluster names seed nodes: they share it");
    }
    if (tls.isEmpty()
        && !config.getBoolean(BLOCK + ".allow-plain")
        && !HostNames.isLoopback(host)) {
      throw wrong(
          "tls",
          "is needed, or what nodes tell each other, keys too, would show on the network; set"
              + " atoll.cluster.allow-plain = on where the network itself is private");
    }
  }

  private static ConfigException wrong(String key, String what) {
    return new ConfigException.BadValue(BLOCK + "." + key, what);
  }

  /**
   * How long a node serves its tenants after it has asked the others for the confirmation that it
   * is still one of them: shorter than they wait before they give it up.
   */
  public Duration confirmation() {
    return stableAfter.minus(MARGIN);
  }

  /** Whether the node is a cluster of its own. */
  public boolean isAlone() {
    return seeds.isEmpty();
  }

  /** How the others know this node: host:port. */
  public String address() {
    return host + ":" + port;
  }

  /** The configuration with what Pekko needs to know of this. */
  public Config configure(Config config) {
    return isAlone()
        ? config
        : ConfigFactory.parseMap(pekko(LargestMessage.bytes(config)), BLOCK).withFallback(config);
  }

  private Map<String, Object> pekko(long largestMessage) {
    Map<String, Object> values = new HashMap<>();
    values.put(ARTERY + "canonical.hostname", host);
    values.put(ARTERY + "canonical.port", port);
    values.put(ARTERY + "bind.hostname", bindHost);
    values.put(ARTERY + "advanced.maximum-frame-size", largestMessage);
    values.put("pekko.cluster.seed-nodes", List.of());
    values.put("pekko.cluster.roles", tiers.stream().map(NodeTiers::role).toList());
    values.put("pekko.cluster.split-brain-resolver.stable-after", stableAfter.toMillis() + "ms");
    values.put(
        "pekko.cluster.failure-detector.acceptable-heartbeat-pause",
        heartbeatPause.toMillis() + "ms");
    tls.ifPresent(files -> {
      values.put(ARTERY + "transport", "tls-tcp");
      values.put(
          ARTERY + "ssl.ssl-engine-provider",
          "org.apache.pekko.remote.artery.tcp.ssl.RotatingKeysSSLEngineProvider");
      values.put(ROTATING_KEYS + "cert-file", files.certificateFile());
      values.put(ROTATING_KEYS + "key-file", files.keyFile());
      values.put(ROTATING_KEYS + "ca-cert-file", files.authorityFile());
    });
    return values;
  }
}
