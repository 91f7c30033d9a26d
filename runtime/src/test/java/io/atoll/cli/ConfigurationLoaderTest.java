package io.atoll.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationLoaderTest {
  private static final String PORT = "atoll.http.listener.port";

  private final ConfigurationLoader loader = new ConfigurationLoader();

  @TempDir Path folder;

  @Test
  void withoutAnythingTheDefaultsHold() {
    assertThat(withVariables(Map.of()).getString("atoll.data-folder")).isEqualTo("data");
  }

  @Test
  void aFlagWinsOverTheEnvironmentAndThatOverTheFile() throws IOException {
    Path file = file("atoll { data-folder = from-file, log.level = debug, log.queue = 7 }");
    Config config =
        loader.load(
            Map.of("atoll.data-folder", "from-flag"),
            Map.of("ATOLL_DATA", "from-environment", "ATOLL_LOG_LEVEL", "warn"),
            file);

    assertThat(config.getString("atoll.data-folder")).isEqualTo("from-flag");
    assertThat(config.getString("atoll.log.level")).isEqualTo("warn");
    assertThat(config.getInt("atoll.log.queue")).isEqualTo(7);
  }

  @Test
  void theShortVariableSetsThePort() {
    assertThat(withVariables(Map.of("ATOLL_PORT", "9000")).getInt(PORT)).isEqualTo(9000);
  }

  @Test
  void aKeyHasAVariable() {
    Config config = withVariables(Map.of("ATOLL_HTTP_ALLOW_PLAIN_HTTP", "on"));

    assertThat(config.getBoolean("atoll.http.allow-plain-http")).isTrue();
  }

  @Test
  void aListComesFromAVariableWithCommasOrAsHocon() {
    String variable = "ATOLL_HTTP_LISTENER_TRUSTED_PROXIES";

    for (String text : new String[] {"10.0.0.0/8, ::1", "[\"10.0.0.0/8\", \"::1\"]"}) {
      assertThat(
              withVariables(Map.of(variable, text))
                  .getStringList("atoll.http.listener.trusted-proxies"))
          .containsExactly("10.0.0.0/8", "::1");
    }
  }

  @Test
  void anUnknownVariableIsRefusedNamingTheNearest() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> withVariables(Map.of("ATOLL_LOG_LEVLE", "debug")))
        .withMessage("unknown environment variable ATOLL_LOG_LEVLE; did you mean ATOLL_LOG_LEVEL?");
  }

  @Test
  void variablesOfOthersAndOfTheLauncherPass() {
    assertThat(withVariables(Map.of("HOME", "/home/somebody", "ATOLL_JAVA_OPTS", "-Xmx1g")))
        .isEqualTo(withVariables(Map.of()));
  }

  @Test
  void anUnknownKeyInTheFileIsRefusedNamingTheNearest() throws IOException {
    assertRefused(file("atoll.log.levels = debug"))
        .startsWith("unknown key atoll.log.levels in")
        .endsWith("; did you mean atoll.log.level?");
  }

  @Test
  void aKeyOfAnotherProgramInTheFileIsRefused() throws IOException {
    assertRefused(file("atol.data = x")).startsWith("unknown key atol in");
  }

  @Test
  void aFileThatIsMissingOrBrokenIsRefusedInOneLine() throws IOException {
    assertRefused(folder.resolve("missing.conf")).contains("missing.conf").doesNotContain("\n");
    assertRefused(folder).startsWith("cannot read");
    assertRefused(file("atoll {\n data = [\n")).contains("atoll.conf").doesNotContain("\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ATOLL_TENANT_PASSIVATE_AFTER=-5s     | atoll.tenant.passivate-after must be a duration of 1ms or more, such as 10s, not -5s
          ATOLL_NODE_READY_INTERVAL=0s         | atoll.node.ready-interval must be a duration of 1ms or more, such as 10s, not 0s
          ATOLL_TENANT_DENIAL_MEMORY=-1ms      | atoll.tenant.denial-memory must be a duration of 0 or more, such as 10s, not -1ms
          ATOLL_TENANT_DRAIN_TIMEOUT=26s       | atoll.tenant.drain-timeout must be a duration of 1ms to 25s, such as 10s, not 26s
          ATOLL_LEDGER_STOP_TIMEOUT=soon       | atoll.ledger.stop-timeout must be a duration of 1ms or more, such as 10s, not soon
          ATOLL_PORT=70000                     | atoll.http.listener.port must be a number from 0 to 65535, not 70000
          ATOLL_TENANT_MAX_KEYS=-1             | atoll.tenant.max-keys must be a number from 0 to 2147483647, not -1
          ATOLL_HTTP_MAX_VALUE_BYTES=9 GiB     | atoll.http.max-value-bytes must be a size of 1 to 1 GiB, not 9 GiB
          ATOLL_JOURNAL_CACHE_BYTES=many       | atoll.journal.cache-bytes must be a size of 0 or more, not many
          ATOLL_JOURNAL_FSYNC=maybe            | atoll.journal.fsync must be on or off, not maybe
          """)
  void aValueThatIsOfNoUseIsRefusedInOnePlainSentence(String variable, String sentence) {
    String[] parts = variable.split("=", -1);

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> withVariables(Map.of(parts[0], parts[1])))
        .withMessage(sentence);
  }

  @Test
  void aDurationThatMayBeNoneMayBeZero() {
    assertThat(
            withVariables(Map.of("ATOLL_TENANT_DENIAL_MEMORY", "0s"))
                .getDuration("atoll.tenant.denial-memory"))
        .isZero();
  }

  @Test
  void aBadValueThatAPartRefusesIsSaidWithoutWhereItWasLookedFor() {
    ConfigException wrong =
        new ConfigException.BadValue(
            ConfigFactory.defaultReference().origin(), "atoll.key", "has to be\nright");

    assertThat(ConfigurationLoader.oneLine(wrong))
        .isEqualTo("Invalid value at 'atoll.key': has to be right");
  }

  private Config withVariables(Map<String, String> environment) {
    return loader.load(Map.of(), environment, null);
  }

  private AbstractStringAssert<?> assertRefused(Path file) {
    try {
      loader.load(Map.of(), Map.of(), file);
      throw new AssertionError("not refused: " + file);
    } catch (ConfigurationException refused) {
      return assertThat(refused.getMessage());
    }
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("atoll.conf"), text);
  }
}
