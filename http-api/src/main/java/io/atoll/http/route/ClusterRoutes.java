package io.atoll.http.route;

import com.fasterxml.jackson.core.JsonGenerator;
import io.atoll.http.Cluster;
import java.io.IOException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** {@code GET /api/cluster}: the nodes, and which cells they have. */
final class ClusterRoutes {
  private final Cluster cluster;
  private final String region;

  ClusterRoutes(Cluster cluster, String region) {
    this.cluster = cluster;
    this.region = region;
  }

  void addTo(RouteTable table, Guard guard) {
    table.add("GET", "/api/cluster", guard.operator(this::state));
  }

  private CompletionStage<HttpResponse> state(Call call) {
    call.query();
    return cluster.state().thenApply(state -> Json.response(200, json -> write(json, state)));
  }

  private void write(JsonGenerator json, Cluster.State state) throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("nodes");
    for (Cluster.Node node : state.nodes()) {
      node(json, node);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("cells");
    for (Cluster.Cell cell : state.cells()) {
      json.writeStartObject();
      json.writeStringField("cell", cell.cell());
      json.writeStringField("node", cell.node());
      json.writeNumberField("tenants", cell.tenants());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("regions");
    json.writeString(region);
    json.writeEndArray();
    totals(json, state);
    json.writeEndObject();
  }

  private static void node(JsonGenerator json, Cluster.Node node) throws IOException {
    json.writeStartObject();
    json.writeStringField("address", node.address());
    json.writeStringField("state", node.state());
    json.writeArrayFieldStart("roles");
    for (String role : node.roles()) {
      json.writeString(role);
    }
    json.writeEndArray();
    if (node.tenants() >= 0) {
      json.writeStringField("version", node.version());
      json.writeNumberField("tenants", node.tenants());
      json.writeNumberField("opsPerSecond", rounded(node.operationsPerSecond()));
      json.writeNumberField("heapBytes", node.heapBytes());
      Json.time(json, "startedAt", node.startedAt());
    }
    json.writeEndObject();
  }

  private static void totals(JsonGenerator json, Cluster.State state) throws IOException {
    double operations = 0;
    long tenants = 0;
    for (Cluster.Node node : state.nodes()) {
      operations += node.operationsPerSecond();
      tenants += Math.max(0, node.tenants());
    }
    json.writeObjectFieldStart("totals");
    json.writeNumberField("nodes", state.nodes().size());
    json.writeNumberField("cells", state.cells().size());
    json.writeNumberField("tenants", tenants);
    json.writeNumberField("opsPerSecond", rounded(operations));
    json.writeEndObject();
  }

  private static double rounded(double rate) {
    return Math.round(10 * rate) / 10.0;
  }
}
