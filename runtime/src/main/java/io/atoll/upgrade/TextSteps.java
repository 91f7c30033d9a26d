package io.atoll.upgrade;

import io.atoll.terminal.LiveLines;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Shows a line for each node. Not thread-safe. */
final class TextSteps implements Steps {
  private final LiveLines lines;
  private final PrintWriter out;
  private final int width;
  private final Map<String, String> shown = new LinkedHashMap<>();

  TextSteps(PrintWriter out, boolean terminal, List<String> nodes) {
    this.lines = new LiveLines(out, terminal);
    this.out = out;
    this.width = nodes.stream().mapToInt(String::length).max().orElse(1);
    nodes.forEach(node -> shown.put(node, ""));
  }

  @Override
  public void show(String node, Step step, String detail, Duration since) {
    String line = ("  %-" + width + "s  %s").formatted(node, text(step, detail, since));
    if (!line.equals(shown.put(node, line))) {
      lines.show(shown.values().stream().filter(text -> !text.isEmpty()).toList());
    }
  }

  private String text(Step step, String detail, Duration since) {
    if (step == Step.BACK) {
      return String.format(Locale.ROOT, "%s in %.1f s", step.words(), since.toMillis() / 1000.0);
    }
    String more = detail.isEmpty() ? "" : ": " + detail;
    if (!lines.isLive()) {
      return step == Step.HELD_BACK ? step.words() + more : step.words();
    }
    return step.isUnderWay() ? since.toSeconds() + " s  " + step.words() + more : step.words();
  }

  @Override
  public void end(Ending ending) {
    if (ending.exitCode() == ExitCodes.DONE) {
      out.println(ending.message());
      out.flush();
    }
  }
}
