package io.atoll.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;

class ClusterSettingsTest {
  private static final String SEEDS = "atoll.cluster.seed-nodes = [\"127.0.0.1:7001\"]\n";
  private static final String SHARED = SEEDS + "atoll.store = cassandra\n";

  @Test
  void aNodeWithoutSeedsIsAloneAndItsConfigurationStaysAsItIs() {
    Config config = config("");

    assertThat(ClusterSettings.from(config).isAlone()).isTrue();
    assertThat(ClusterSettings.from(config).configure(config)).isSameAs(config);
  }

  @Test
  void seedsBecomeAddressesOfPekko() {
    Config config =
        config(
            "atoll.store = cassandra, atoll.cluster { port = 7002, stable-after = 7s\n"
                + "seed-nodes = [\"127.0.0.1:7001\", \"[::1]:7002\"] }");

    ClusterSettings settings = ClusterSettings.from(config);
    Config own = settings.configure(config);

    assertThat(settings.seeds())
        .extracting(Seed::name)
        .containsExactly("127.0.0.1:7001", "[::1]:7002");
    assertThat(own.getInt("pekko.remote.artery.canonical.port")).isEqualTo(7002);
    assertThat(own.getDuration("pekko.cluster.split-brain-resolver.stable-after")).hasSeconds(7);
  }

  @Test
  void theLargestBodyAnswerOrBatchFitsAFrameWithRoomToSpare() {
    assertThat(frame("")).isEqualTo(9 << 20);
    assertThat(frame("atoll.http.listener.max-body-bytes = 64 KiB")).isEqualTo(7 << 20);
    assertThat(frame("atoll.http.listener.max-body-bytes = 32 MiB")).isEqualTo(33 << 20);
    assertThat(frame("atoll.map.scan-bytes = 16 MiB")).isEqualTo(18 << 20);
    assertThat(frame("atoll.map.batch-bytes = 16 MiB")).isEqualTo(19 << 20);
  }

  private static long frame(String overrides) {
    Config config = config(SHARED + overrides);
    return ClusterSettings.from(config)
        .configure(config)
        .getBytes("pekko.remote.artery.advanced.maximum-frame-size");
  }

  @Test
  void everyAddressOfANameIsASeed() {
    ClusterSettings settings =
        ClusterSettings.from(
            config("atoll.store = cassandra, atoll.cluster.seed-name = \"127.0.0.1\""));

    assertThat(settings.seeds()).containsExactly(new Seed("127.0.0.1", 25520));
  }

  @Test
  void anIpv6AddressOfANameIsWrittenAsPekkoReadsIt() {
    Config config =
        config(
            "atoll.store = cassandra\n"
                + "atoll.cluster { seed-name = \"::1\", host = \"[0:0:0:0:0:0:0:1]\" }");

    assertThat(ClusterSettings.from(config).seeds())
        .extracting(Seed::name)
        .containsExactly("[0:0:0:0:0:0:0:1]:25520");
  }

  @Test
  void addressesOfAnotherKindThanThatOfTheNodeAreNoSeeds() {
    refused(
            "atoll.store = cassandra\n"
                + "atoll.cluster { seed-name = \"127.0.0.1\", host = \"[0:0:0:0:0:0:0:1]\" }",
            "atoll.cluster.seed-name")
        .hasMessageContaining("no address of the kind");
  }

  /** No node would hear what is sent to it by another name than its own. */
  @Test
  void nodesThatAreFoundByTheirAddressesAreKnownByThem() {
    String named = "atoll.store = cassandra\natoll.cluster.seed-name = \"127.0.0.1\"\n";

    refused(named + "atoll.cluster.host = a.example", "atoll.cluster.host")
        .hasMessageContaining("must be an IP address of this node, not a.example");
    refused(named + "atoll.cluster.host = \"::1\"", "atoll.cluster.host")
        .hasMessageContaining("must be [0:0:0:0:0:0:0:1], not ::1");
  }

  @Test
  void nodesThatShareNothingDoNotFormACluster() {
    refused(SEEDS, "atoll.store").hasMessageContaining("must be cassandra");
  }

  @Test
  void aSeedIsHostAndPort() {
    for (String wrong : new String[] {"localhost", ":7001", "a:99999", "a:b", "a:"}) {
      refused("atoll.cluster.seed-nodes = [\"" + wrong + "\"]", "seed-nodes")
          .hasMessageContaining(wrong);
    }
  }

  @Test
  void aListOfSeedsAndANameAtOnceAreRefused() {
    refused(SHARED + "atoll.cluster.seed-name = localhost", "seed-name");
  }

  @Test
  void aNodeIsConfirmedForLessThanTheOthersWaitBeforeTheyGiveItUp() {
    Config config = config(SHARED + "atoll.cluster.stable-after = 7s");

    assertThat(ClusterSettings.from(config).confirmation()).hasSeconds(6);
    refused(SHARED + "atoll.cluster.stable-after = 2900ms", "atoll.cluster.stable-after")
        .hasMessageContaining("3s or more");
  }

  @Test
  void aPortThatChangesWithEachStartIsRefused() {
    refused(SHARED + "atoll.cluster.port = 0", "atoll.cluster.port");
  }

  @Test
  void whatNodesTellEachOtherDoesNotShowOnANetworkUnlessThatIsAskedFor() {
    String onNetwork = SHARED + "atoll.cluster.host = \"192.0.2.1\"\n";
    refused(onNetwork, "atoll.cluster.tls").hasMessageContaining("allow-plain");

    Config allowed = config(onNetwork + "atoll.cluster.allow-plain = on");
    assertThat(ClusterSettings.from(allowed).isAlone()).isFalse();
  }

  @Test
  void tlsNeedsAllOfItsFiles() {
    refused(SHARED + "atoll.cluster.tls.key-file = k", "atoll.cluster.tls");

    Config config =
        config(
            SHARED
                + "atoll.cluster.host = \"192.0.2.1\"\n"
                + "atoll.cluster.tls { certificate-file = c, key-file = k, authority-file = a }");
    Config own = ClusterSettings.from(config).configure(config);
    assertThat(own.getString("pekko.remote.artery.transport")).isEqualTo("tls-tcp");
    assertThat(own.getString("pekko.remote.artery.ssl.rotating-keys-engine.ca-cert-file"))
        .isEqualTo("a");
  }

  private static org.assertj.core.api.AbstractThrowableAssert<?, ?> refused(
      String overrides, String key) {
    return assertThatThrownBy(() -> ClusterSettings.from(config(overrides)))
        .isInstanceOf(ConfigException.BadValue.class)
        .hasMessageContaining(key);
  }

  private static Config config(String overrides) {
    return ConfigFactory.parseString(overrides).withFallback(ConfigFactory.defaultReference());
  }
}
