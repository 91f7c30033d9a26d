package io.atoll.terminal;

import java.io.PrintWriter;
import java.util.List;

/**
 * Lines that change: on a terminal they are written over, elsewhere each new one is a line more.
 * Not thread-safe.
 */
public final class LiveLines {
  private static final String CLEAR_LINE = "\033[K";

  private final PrintWriter out;
  private final boolean terminal;
  private List<String> shown = List.of();

  public LiveLines(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Whether lines are written over. */
  public boolean isLive() {
    return terminal;
  }

  /** Shows the lines as they are now. */
  public void show(List<String> lines) {
    if (terminal) {
      rewrite(lines);
    } else {
      lines.stream().filter(line -> !shown.contains(line)).forEach(out::println);
    }
    out.flush();
    shown = List.copyOf(lines);
  }

  private void rewrite(List<String> lines) {
    if (!shown.isEmpty()) {
      out.print("\033[" + shown.size() + "A");
    }
    lines.forEach(line -> out.println(line + CLEAR_LINE));
  }
}
