package io.atoll.placement;

import io.atoll.http.Cluster.Figures;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;

/** What a node says of itself. Thread-safe. */
final class NodeFigures {
  private final String node;
  private final List<String> roles;
  private final LocalCells cells;
  private final CellUse use;
  private final NodeGauges gauges;
  private final ThisNode self;

  NodeFigures(
      String node,
      List<String> roles,
      LocalCells cells,
      CellUse use,
      NodeGauges gauges,
      ThisNode self) {
    this.node = node;
    this.roles = List.copyOf(roles);
    this.cells = cells;
    this.use = use;
    this.gauges = gauges;
    this.self = self;
  }

  /** Answers with the figures of this moment; not at all while the cells cannot be counted. */
  void describe(ActorRef<PlacementReply> replyTo) {
    cells.tenants().thenAccept(tenants -> replyTo.tell(described(tenants)));
  }

  private PlacementReply described(Map<String, Integer> tenants) {
    Figures figures = gauges.read();
    return new PlacementReply.Described(
        node,
        figures.version(),
        roles,
        tenants,
        figures.tenants(),
        figures.operationsPerSecond(),
        figures.heapBytes(),
        figures.startedAt(),
        self.url().isEmpty() ? null : self.url(),
        self.ready(),
        figures.journalMs(),
        figures.diskBytes(),
        use.operationsPerSecond(),
        use.entries());
  }
}
