package io.atoll.upgrade;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atoll.client.ApiClient;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Writes a JSON object a line for each step and for the end. Not thread-safe. */
final class JsonSteps implements Steps {
  private final PrintWriter out;
  private final Clock clock;
  private final Map<String, Step> last = new HashMap<>();

  JsonSteps(PrintWriter out, Clock clock) {
    this.out = out;
    this.clock = clock;
  }

  @Override
  public void show(String node, Step step, String detail, Duration since) {
    if (last.put(node, step) != step) {
      ObjectNode line = line().put("node", node).put("step", step.name().toLowerCase(Locale.ROOT));
      if (!detail.isEmpty()) {
        line.put("detail", detail);
      }
      say(step == Step.BACK ? line.put("tookMs", since.toMillis()) : line);
    }
  }

  @Override
  public void end(Ending ending) {
    say(line().put("exitCode", ending.exitCode()).put("message", ending.message()));
  }

  private ObjectNode line() {
    return ApiClient.JSON.createObjectNode().put("time", clock.instant().toString());
  }

  private void say(ObjectNode line) {
    out.println(line);
    out.flush();
  }
}
