package io.atoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import io.atoll.node.NodeProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds the reference page of the configuration to the keys that there are. */
class ConfigurationReferenceTest {
  private static final Path PAGE = NodeProcess.root().resolve("docs/configuration.md");
  private static final String START = "| Key | Variable | Default | Unit | Meaning |";
  private static final String TABLE = START + "\n| --- | --- | --- | --- | --- |\n";

  private final Map<String, String> rows = new TreeMap<>();

  @Test
  void thePageListsEveryKeyAsItIs() throws IOException {
    collect("atoll", "", ConfigFactory.defaultReference().getObject("atoll"));
    String page = Files.readString(PAGE);
    String expected =
        page.substring(0, page.indexOf(START)) + TABLE + String.join("\n", rows.values()) + "\n";
    Path written = Files.writeString(Path.of("target", "configuration.md"), expected);

    assertThat(page).as("%s is what docs/configuration.md shall be", written).isEqualTo(expected);
  }

  private void collect(String path, String inherited, ConfigObject block) {
    for (Map.Entry<String, ConfigValue> entry : block.entrySet()) {
      String key = path + "." + entry.getKey();
      String own = comment(entry.getValue());
      String meaning = own.isEmpty() ? inherited : own;
      if (entry.getValue() instanceof ConfigObject nested && !nested.isEmpty()) {
        collect(key, meaning, nested);
      } else {
        assertThat(meaning).as("comment of %s", key).isNotEmpty();
        rows.put(key, row(key, entry.getValue(), meaning));
      }
    }
  }

  private static String row(String key, ConfigValue value, String meaning) {
    String text = shown(value).replace("|", "\\|");
    return "| `%s` | `%s` | `%s` | %s | %s |"
        .formatted(key, ConfigurationKeys.variable(key), text, unit(value), meaning);
  }

  private static String shown(ConfigValue value) {
    boolean word = value.unwrapped() instanceof String text && !text.isEmpty();
    return word ? (String) value.unwrapped() : value.render(ConfigRenderOptions.concise());
  }

  private static String unit(ConfigValue value) {
    return switch (value.valueType()) {
      case BOOLEAN -> "on, off";
      case NUMBER -> "number";
      case LIST -> "list";
      case OBJECT -> "block";
      case NULL -> "none";
      case STRING -> textUnit((String) value.unwrapped());
    };
  }

  private static String textUnit(String text) {
    if (text.matches("on|off")) {
      return "on, off";
    }
    if (text.matches("\\d+ ?(ms|s|m|h|d|seconds?|minutes?|hours?|days?)")) {
      return "duration";
    }
    return text.matches("\\d+ ?(B|[KMG]i?B)") ? "bytes" : "text";
  }

  private static String comment(ConfigValue value) {
    List<String> lines = value.origin().comments();
    return lines.stream().map(String::strip).collect(Collectors.joining(" ")).replace("|", "\\|");
  }
}
