package io.atoll.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Does what the README tells a newcomer to do, and compares what comes with what it shows. */
class ReadmeIT {
  /** A word of a shell: in single quotes, in double quotes, or plain. */
  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

  /** What differs from run to run. */
  private static final List<String> VARYING =
      List.of("id", "key", "prefix", "createdAt", "requestId");

  @TempDir Path folder;

  @Test
  void theLinesOfTheReadmeGiveWhatItShows() throws IOException {
    List<Step> steps = steps(Files.readString(NodeProcess.root().resolve("README.md")));
    assertThat(steps).hasSize(5);
    try (NodeProcess node = NodeProcess.start(folder.resolve("data"))) {
      Map<String, String> variables = new HashMap<>(Map.of("$ADMIN", NodeProcess.ADMIN_KEY));
      for (Step step : steps) {
        Answer answer = run(step.command(), node.client(), variables);
        assertThat(masked(shown(step.command(), answer)))
            .as(step.command())
            .isEqualTo(masked(step.output()));
        if (answer.body().contains("\"key\":\"atl_")) {
          variables.put("$KEY", answer.json().get("key").asText());
        }
      }
    }
  }

  /** The commands that start with {@code $ curl}, each with the line below it. */
  private static List<Step> steps(String readme) {
    List<Step> steps = new ArrayList<>();
    List<String> lines = readme.replace("\\\n", " ").lines().toList();
    for (int line = 0; line < lines.size(); line++) {
      if (lines.get(line).startsWith("$ curl ")) {
        steps.add(new Step(lines.get(line).substring(2), lines.get(line + 1)));
      }
    }
    return steps;
  }

  private static Answer run(String command, Client client, Map<String, String> variables) {
    List<String> words = words(command, variables);
    String method = "GET";
    String body = null;
    String path = null;
    List<String> headers = new ArrayList<>();
    for (int word = 1; word < words.size(); word++) {
      switch (words.get(word)) {
        case "-X" -> method = words.get(++word);
        case "-H" -> headers.addAll(List.of(words.get(++word).split(": ", 2)));
        case "--json" -> {
          body = words.get(++word);
          method = method.equals("GET") ? "POST" : method;
        }
        case "-s" -> {}
        case "-o", "-w" -> word++;
        default -> path = words.get(word).replace("http://127.0.0.1:8080", "");
      }
    }
    return client.send(method, path, null, body, headers.toArray(String[]::new));
  }

  /** What curl prints: the body, or the status when it is asked for that. */
  private static String shown(String command, Answer answer) {
    return command.contains("%{http_code}") ? Integer.toString(answer.status()) : answer.body();
  }

  private static List<String> words(String command, Map<String, String> variables) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(command);
    while (matcher.find()) {
      boolean quoted = matcher.group(1) != null;
      String word = quoted ? matcher.group(1) : matcher.group(matcher.group(2) != null ? 2 : 3);
      for (Map.Entry<String, String> variable : variables.entrySet()) {
        word = quoted ? word : word.replace(variable.getKey(), variable.getValue());
      }
      words.add(word);
    }
    return words;
  }

  private static JsonNode masked(String text) {
    JsonNode json = Answer.parse(text);
    if (json instanceof ObjectNode object) {
      VARYING.stream().filter(object::has).forEach(field -> object.put(field, "varies"));
    }
    return json;
  }

  private record Step(String command, String output) {}
}
