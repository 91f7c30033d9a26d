package io.atoll.devcluster;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Shows how far the parts are: on a terminal a line for each that is written over, elsewhere a line
 * for each step. Not thread-safe.
 */
final class Progress {
  private static final String CLEAR_LINE = "\033[K";

  private final PrintWriter out;
  private final boolean terminal;
  private List<String> shown = List.of();

  Progress(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Shows the parts as they are now. */
  void show(List<Part> parts) {
    List<String> lines = parts.stream().map(part -> line(part, terminal)).toList();
    if (terminal) {
      rewrite(lines);
    } else {
      lines.stream().filter(line -> !shown.contains(line)).forEach(out::println);
    }
    out.flush();
    shown = new ArrayList<>(lines);
  }

  private void rewrite(List<String> lines) {
    if (!shown.isEmpty()) {
      out.print("\033[" + shown.size() + "A");
    }
    lines.forEach(line -> out.println(line + CLEAR_LINE));
  }

  private static String line(Part part, boolean counting) {
    String state =
        part.readyAfter()
            .map(after -> "ready after " + seconds(after))
            .orElseGet(() -> part.isStarted() ? starting(part.age(), counting) : "waits");
    return "  %-9s  %s".formatted(part.name(), state);
  }

  private static String starting(Duration age, boolean counting) {
    return counting ? "starts, " + age.toSeconds() + " s" : "starts";
  }

  static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
  }
}
