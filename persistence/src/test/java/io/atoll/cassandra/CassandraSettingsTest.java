package io.atoll.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CassandraSettingsTest {
  private static final String REPLICATION =
      "{'class': 'NetworkTopologyStrategy', 'datacenter1': 3}";

  @Test
  void theDefaultsAreThoseOfTheReference() {
    assertThat(CassandraSettings.from(ConfigFactory.defaultReference()))
        .isEqualTo(
            new CassandraSettings(
                List.of("127.0.0.1:9042"),
                "datacenter1",
                "atoll",
                REPLICATION,
                "",
                "",
                Duration.ofSeconds(10),
                Duration.ofMillis(700),
                Duration.ofSeconds(120),
                900,
                100_000,
                true));
  }

  @Test
  void everyKeyIsRead() {
    assertThat(
            from(
                """
                contact-points = ["a:1", "[::1]:2"]
                datacenter = d, keyspace = k, replication = r, username = u, password = p
                request-timeout = 11s, silence = 12s, reads-while-down = 13s, requests = 1, queued-requests = 2, migrate = off
                """))
        .isEqualTo(
            new CassandraSettings(
                List.of("a:1", "[::1]:2"),
                "d",
                "k",
                "r",
                "u",
                "p",
                Duration.ofSeconds(11),
                Duration.ofSeconds(12),
                Duration.ofSeconds(13),
                1,
                2,
                false));
  }

  @Test
  void contactPointsAreHostsWithPorts() {
    for (String wrong : List.of("[]", "[a]", "[\"a:\"]", "[\":1\"]", "[\"a:1\", b]")) {
      assertThatThrownBy(() -> from("contact-points = " + wrong))
          .as(wrong)
          .isInstanceOf(ConfigException.BadValue.class)
          .hasMessageContaining("must be a list of host:port");
    }
  }

  @Test
  void aKeyspaceIsAPlainName() {
    for (String wrong : List.of("\"\"", "A", "\"a;b\"", "1a")) {
      assertThatThrownBy(() -> from("keyspace = " + wrong))
          .as(wrong)
          .isInstanceOf(ConfigException.BadValue.class);
    }
  }

  private static CassandraSettings from(String keys) {
    Config changed = ConfigFactory.parseString("atoll.cassandra { " + keys + " }");
    return CassandraSettings.from(changed.withFallback(ConfigFactory.defaultReference()));
  }
}
