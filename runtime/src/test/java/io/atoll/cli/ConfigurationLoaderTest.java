package io.atoll.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
