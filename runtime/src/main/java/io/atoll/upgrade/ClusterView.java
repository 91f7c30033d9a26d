package io.atoll.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The cluster as one of its nodes shows it.
 *
 * @param flaw why it is not whole; empty when it is
 * @param oldest the node that says where cells go, if that is known
 */
record ClusterView(List<NodeView> nodes, Optional<String> flaw, Optional<String> oldest) {
  private static final String SILENT = "the nodes do not say whether the cluster is whole";

  /** A node; its start is missing when it does not answer the others. */
  record NodeView(
      String address,
      Optional<URI> url,
      String state,
      boolean ready,
      String version,
      Optional<Instant> startedAt) {
    boolean serves() {
      return ready && state.equals("up");
    }
  }

  ClusterView {
    nodes = List.copyOf(nodes);
  }

  /** Reads the answer of {@code GET /api/cluster}. */
  static ClusterView of(JsonNode body) {
    List<NodeView> nodes = new ArrayList<>();
    body.path("nodes").forEach(node -> nodes.add(node(node)));
    Optional<String> flaw =
        body.path("whole").asBoolean()
            ? Optional.empty()
            : Optional.of(body.path("reason").asText(SILENT));
    return new ClusterView(nodes, flaw, text(body, "oldest"));
  }

  private static NodeView node(JsonNode node) {
    return new NodeView(
        node.path("address").asText(),
        text(node, "url").map(URI::create),
        node.path("state").asText(),
        node.path("ready").asBoolean(),
        node.path("version").asText(""),
        text(node, "startedAt").map(Instant::parse));
  }

  private static Optional<String> text(JsonNode object, String field) {
    return Optional.ofNullable(object.path(field).textValue());
  }

  Optional<NodeView> node(String address) {
    return nodes.stream().filter(node -> node.address().equals(address)).findFirst();
  }

  List<String> addresses() {
    return nodes.stream().map(NodeView::address).toList();
  }
}
