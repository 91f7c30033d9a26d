package io.atoll.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoreKindTest {
  private static final List<String> PLUGINS =
      List.of(
          "pekko.persistence.journal.plugin",
          "pekko.persistence.snapshot-store.plugin",
          "atoll.map.read-journal",
          "atoll.ledger.read-journal");

  @Test
  void aNodeKeepsEverythingInItsFolderUnlessItIsToldOtherwise() {
    assertThat(StoreKind.from(ConfigFactory.defaultReference())).isEqualTo(StoreKind.EMBEDDED);
    assertThat(StoreKind.from(ConfigFactory.parseString("atoll.store = cassandra")))
        .isEqualTo(StoreKind.CASSANDRA);
  }

  @Test
  void anUnknownStoreIsRefused() {
    assertThatThrownBy(() -> StoreKind.from(ConfigFactory.parseString("atoll.store = CASSANDRA")))
        .isInstanceOf(ConfigException.BadValue.class)
        .hasMessageContaining("must be embedded or cassandra, not CASSANDRA");
  }

  @Test
  void everyPluginOfAStoreIsThere() {
    Config reference = ConfigFactory.defaultReference();
    for (StoreKind kind : StoreKind.values()) {
      Config config = kind.configure(reference);
      assertThat(PLUGINS)
          .allSatisfy(path ->
              assertThat(reference.hasPath(config.getString(path) + ".class"))
                  .as("%s of %s", path, kind)
                  .isTrue());
    }
  }
}
