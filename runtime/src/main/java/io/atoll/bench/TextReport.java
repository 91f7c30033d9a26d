package io.atoll.bench;

import io.atoll.terminal.Span;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** The report as a table for people. */
final class TextReport {
  private static final double MILLI = 1e6;

  private final Report report;
  private final StringBuilder text = new StringBuilder();

  TextReport(Report report) {
    this.report = report;
  }

  /** What was done, the table, and what was refused or failed. */
  @Override
  public String toString() {
    text.setLength(0);
    text.append(Titles.load(report.settings())).append(stopped()).append('\n');
    text.append(Titles.data(report.settings())).append("\n\n");
    text.append(
        String.format(
            Locale.ROOT,
            "%-14s %11s %12s %9s %9s %9s %9s %9s%n",
            "",
            "ops/s",
            "served",
            "p50 ms",
            "p90 ms",
            "p99 ms",
            "p99.9 ms",
            "max ms"));
    Tally all = report.tallies().all();
    row("all", all);
    kinds();
    plans();
    text.append('\n');
    limited(all);
    if (all.missing() > 0) {
      text.append(
          String.format(Locale.ROOT, "missing  %,d of the served found no entry%n", all.missing()));
    }
    errors(all);
    return text.toString();
  }

  private String stopped() {
    boolean whole = report.measured().equals(report.settings().times().duration());
    return whole ? "" : "; stopped after " + Span.format(report.measured());
  }

  private void kinds() {
    for (Kind kind : Kind.values()) {
      Tally tally = report.tallies().ofKind(kind);
      if (!tally.isEmpty()) {
        row("  " + kind.wireName(), tally);
      }
    }
  }

  private void plans() {
    int count = report.population().plans().size();
    for (int plan = 0; count > 1 && plan < count; plan++) {
      row("  " + report.population().plans().get(plan), report.tallies().ofPlan(plan));
    }
  }

  private void row(String name, Tally tally) {
    Histogram latencies = tally.latencies();
    text.append(
        String.format(
            Locale.ROOT,
            "%-14s %,11.0f %,12d %9.2f %9.2f %9.2f %9.2f %9.2f%n",
            name,
            report.perSecond(tally.served()),
            tally.served(),
            latencies.getValueAtPercentile(50) / MILLI,
            latencies.getValueAtPercentile(90) / MILLI,
            latencies.getValueAtPercentile(99) / MILLI,
            latencies.getValueAtPercentile(99.9) / MILLI,
            latencies.getMaxValue() / MILLI));
  }

  private void limited(Tally all) {
    text.append(
        String.format(
            Locale.ROOT,
            "limited  %,d (%,.0f a second",
            all.limited(),
            report.perSecond(all.limited())));
    if (all.limited() > 0) {
      Histogram refusals = all.refusals();
      text.append(
          String.format(
              Locale.ROOT,
              "; p50 %.2f ms, p99 %.2f ms, max %.2f ms",
              refusals.getValueAtPercentile(50) / MILLI,
              refusals.getValueAtPercentile(99) / MILLI,
              refusals.getMaxValue() / MILLI));
    }
    text.append(")\n");
  }

  private void errors(Tally all) {
    text.append(String.format(Locale.ROOT, "errors   %,d%n", all.failed()));
    for (Map.Entry<String, Long> failure : all.failures().entrySet()) {
      text.append(
          String.format(
              Locale.ROOT,
              "  %-16s %,d%s%n",
              failure.getKey(),
              failure.getValue(),
              hint(failure.getKey())));
    }
  }

  private static String hint(String code) {
    return switch (code) {
      case "NOT_SENT" -> "  (due, but no connection had room until the end)";
      case "TIMEOUT" -> "  (sent, but not answered until the end)";
      case "DISCONNECTED" -> "  (the connection broke)";
      default -> "";
    };
  }
}
