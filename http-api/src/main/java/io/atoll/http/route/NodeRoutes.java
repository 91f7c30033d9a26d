package io.atoll.http.route;

import io.atoll.http.NodeStatus;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.util.ByteString;

/** What a node says of itself to operators and their tools; no credential is needed. */
final class NodeRoutes {
  private static final ContentType PROMETHEUS =
      ContentTypes.parse("text/plain; version=0.0.4; charset=utf-8");

  private final NodeStatus node;

  NodeRoutes(NodeStatus node) {
    this.node = node;
  }

  void addTo(RouteTable table) {
    table
        .add("GET", "/health", call -> status(200, "ok"))
        .add(
            "GET", "/ready", call -> node.ready() ? status(200, "ready") : status(503, "not ready"))
        .add("GET", "/version", call -> text("version", node.version(), 200))
        .add("GET", "/metrics", call -> metrics());
  }

  private CompletionStage<HttpResponse> metrics() {
    return CompletableFuture.completedFuture(
        HttpResponse.create().withEntity(PROMETHEUS, ByteString.fromString(node.metrics())));
  }

  private static CompletionStage<HttpResponse> status(int status, String word) {
    return text("status", word, status);
  }

  private static CompletionStage<HttpResponse> text(String name, String value, int status) {
    return CompletableFuture.completedFuture(
        Json.response(
            status,
            json -> {
              json.writeStartObject();
              json.writeStringField(name, value);
              json.writeEndObject();
            }));
  }
}
