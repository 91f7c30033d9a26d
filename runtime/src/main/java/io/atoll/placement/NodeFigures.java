package io.atoll.placement;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.apache.pekko.actor.typed.ActorRef;

/** What a node says of itself. Thread-safe. */
final class NodeFigures {
  private final String node;
  private final String version;
  private final List<String> roles;
  private final LocalCells cells;
  private final IntSupplier hotTenants;
  private final OperationRate operations;
  private final ThisNode self;

  NodeFigures(
      String node,
      String version,
      List<String> roles,
      LocalCells cells,
      IntSupplier hotTenants,
      OperationRate operations,
      ThisNode self) {
    this.node = node;
    this.version = version;
    this.roles = List.copyOf(roles);
    this.cells = cells;
    this.hotTenants = hotTenants;
    this.operations = operations;
    this.self = self;
  }

  /** Answers with the figures of this moment; not at all while the cells cannot be counted. */
  void describe(ActorRef<PlacementReply> replyTo) {
    cells.tenants().thenAccept(tenants -> replyTo.tell(described(tenants)));
  }

  private PlacementReply described(Map<String, Integer> tenants) {
    Runtime jvm = Runtime.getRuntime();
    return new PlacementReply.Described(
        node,
        version,
        roles,
        tenants,
        hotTenants.getAsInt(),
        operations.perSecond(),
        jvm.totalMemory() - jvm.freeMemory(),
        ManagementFactory.getRuntimeMXBean().getStartTime(),
        self.url().isEmpty() ? null : self.url(),
        self.ready());
  }
}
