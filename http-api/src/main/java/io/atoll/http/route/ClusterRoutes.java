package io.atoll.http.route;

import com.fasterxml.jackson.core.JsonGenerator;
import io.atoll.http.Cluster;
import io.atoll.http.Cluster.Drained;
import io.atoll.refusal.ErrorCode;
import java.io.IOException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Shows the nodes and which cells they have, and ends nodes. */
final class ClusterRoutes {
  private final Cluster cluster;
  private final String region;

  ClusterRoutes(Cluster cluster, String region) {
    this.cluster = cluster;
    this.region = region;
  }

  void addTo(RouteTable table, Guard guard) {
    table
        .add("GET", "/api/cluster", guard.operator(this::state))
        .add("POST", "/api/cluster/nodes/{node}/drain", guard.operator(this::drain));
  }

  private CompletionStage<HttpResponse> state(Call call) {
    call.query();
    return cluster.state().thenApply(state -> Json.response(200, json -> write(json, state)));
  }

  private CompletionStage<HttpResponse> drain(Call call) {
    boolean force = call.query("force").flag("force", false);
    return cluster
        .drain(call.name(0), force)
        .thenApply(drained ->
            switch (drained) {
              case Drained.Begun(var node) -> Json.response(202, json -> node(json, node));
              case Drained.NoSuchNode() ->
                  throw RefusedException.of(
                      ErrorCode.NOT_FOUND,
                      "there is no such node; GET /api/cluster shows the addresses");
              case Drained.Refused(var reason) ->
                  throw RefusedException.of(ErrorCode.CONFLICT, reason);
            });
  }

  private void write(JsonGenerator json, Cluster.State state) throws IOException {
    json.writeStartObject();
    json.writeBooleanField("whole", state.flaw().isEmpty());
    json.writeStringField("reason", state.flaw().orElse(null));
    if (state.moving() < 0) {
      json.writeNullField("moving");
    } else {
      json.writeNumberField("moving", state.moving());
    }
    json.writeStringField("oldest", state.oldest());
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
      json.writeNumberField("entries", cell.entries());
      json.writeNumberField("opsPerSecond", cell.operationsPerSecond());
      json.writeNumberField("journalLagMs", rounded(cell.journalLagMs()));
      json.writeEndObject();
    }
    json.writeEndArray();
    moves(json, state);
    json.writeArrayFieldStart("regions");
    json.writeString(region);
    json.writeEndArray();
    totals(json, state);
    json.writeEndObject();
  }

  private static void moves(JsonGenerator json, Cluster.State state) throws IOException {
    json.writeArrayFieldStart("moves");
    for (Cluster.Move move : state.moves()) {
      json.writeStartObject();
      json.writeStringField("cell", move.cell());
      json.writeStringField("from", move.from());
      json.writeStringField("to", move.to());
      json.writeNumberField("pauseMs", move.pauseMs());
      Json.time(json, "at", move.at());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void node(JsonGenerator json, Cluster.Node node) throws IOException {
    json.writeStartObject();
    json.writeStringField("address", node.address());
    json.writeStringField("url", node.url());
    json.writeStringField("state", node.state());
    json.writeBooleanField("ready", node.ready());
    json.writeArrayFieldStart("roles");
    for (String role : node.roles()) {
      json.writeString(role);
    }
    json.writeEndArray();
    Cluster.Figures figures = node.figures();
    if (figures != null) {
      json.writeStringField("version", figures.version());
      json.writeNumberField("tenants", figures.tenants());
      json.writeNumberField("opsPerSecond", rounded(figures.operationsPerSecond()));
      json.writeNumberField("journalMs", rounded(figures.journalMs()));
      json.writeNumberField("heapBytes", figures.heapBytes());
      json.writeNumberField("diskBytes", figures.diskBytes());
      Json.time(json, "startedAt", figures.startedAt());
    }
    json.writeEndObject();
  }

  private static void totals(JsonGenerator json, Cluster.State state) throws IOException {
    double operations = 0;
    long tenants = 0;
    for (Cluster.Node node : state.nodes()) {
      Cluster.Figures figures = node.figures();
      operations += figures == null ? 0 : figures.operationsPerSecond();
      tenants += figures == null ? 0 : figures.tenants();
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
