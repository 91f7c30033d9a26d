package io.atoll.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** The report as one JSON object for programs. */
final class JsonReport {
  private static final double MILLI = 1e6;

  private final Report report;

  JsonReport(Report report) {
    this.report = report;
  }

  @Override
  public String toString() {
    ObjectNode root = Api.JSON.createObjectNode();
    settings(root.putObject("settings"));
    root.put("measuredMs", report.measured().toMillis());
    figures(root, report.tallies().all());
    operations(root.putObject("operations"));
    plans(root.putObject("plans"));
    timeline(root.putArray("timeline"));
    return root.toString();
  }

  private void settings(ObjectNode node) {
    BenchSettings settings = report.settings();
    BenchSettings.Load load = settings.load();
    BenchSettings.Data data = settings.data();
    node.put("url", settings.target().url().toString())
        .put("protocol", settings.target().http() ? "http" : "websocket")
        .put("pace", load.pace().name().toLowerCase(Locale.ROOT))
        .put("highestLevel", load.ramp().highest())
        .put("connections", load.connections())
        .put("depth", load.depth())
        .put("tenants", data.tenants())
        .put("plans", data.plans().toString())
        .put("maps", data.maps())
        .put("keys", data.keys())
        .put("valueBytes", data.valueBytes())
        .put("zipf", data.zipf())
        .put("readPercent", settings.mix().readPercent())
        .put("scanPercent", settings.mix().scanPercent())
        .put("warmUpMs", settings.times().warmUp().toMillis())
        .put("durationMs", settings.times().duration().toMillis());
  }

  private void operations(ObjectNode node) {
    for (Kind kind : Kind.values()) {
      Tally tally = report.tallies().ofKind(kind);
      if (!tally.isEmpty()) {
        figures(node.putObject(kind.wireName()), tally);
      }
    }
  }

  private void plans(ObjectNode node) {
    for (int plan = 0; plan < report.population().plans().size(); plan++) {
      figures(node.putObject(report.population().plans().get(plan)), report.tallies().ofPlan(plan));
    }
  }

  private void figures(ObjectNode node, Tally tally) {
    node.put("served", tally.served())
        .put("opsPerSecond", rounded(report.perSecond(tally.served())))
        .put("limited", tally.limited())
        .put("missing", tally.missing())
        .put("failed", tally.failed());
    ObjectNode errors = node.putObject("errors");
    tally.failures().forEach(errors::put);
    latencies(node.putObject("latencyMs"), tally.latencies());
    latencies(node.putObject("limitedLatencyMs"), tally.refusals());
  }

  private void timeline(ArrayNode array) {
    Ramp ramp = report.settings().ramp();
    for (Interval interval : report.timeline()) {
      ObjectNode node = array.addObject();
      node.put("second", interval.second())
          .put("level", rounded(ramp.levelAt(interval.second() * 1_000_000_000L)))
          .put("served", interval.latencies().getTotalCount())
          .put("limited", interval.limited())
          .put("failed", interval.failed());
      latencies(node.putObject("latencyMs"), interval.latencies());
    }
  }

  private static void latencies(ObjectNode node, Histogram histogram) {
    node.put("mean", rounded(histogram.getMean() / MILLI))
        .put("p50", rounded(histogram.getValueAtPercentile(50) / MILLI))
        .put("p90", rounded(histogram.getValueAtPercentile(90) / MILLI))
        .put("p99", rounded(histogram.getValueAtPercentile(99) / MILLI))
        .put("p999", rounded(histogram.getValueAtPercentile(99.9) / MILLI))
        .put("max", rounded(histogram.getMaxValue() / MILLI));
  }

  private static double rounded(double figure) {
    return Math.round(figure * 1_000) / 1_000.0;
  }
}
