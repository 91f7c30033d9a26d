package io.atoll.map;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** What came before a map was recovered, in its order. Not thread-safe. */
final class EarlyCommands {
  /** Made when it is needed, as maps are many. */
  private @Nullable ArrayDeque<MapCommand.FromTenant> waiting;

  void add(MapCommand.FromTenant command) {
    if (waiting == null) {
      waiting = new ArrayDeque<>();
    }
    waiting.addLast(command);
  }

  /** The next one, null when there is none left. */
  MapCommand.@Nullable FromTenant poll() {
    MapCommand.FromTenant next = waiting == null ? null : waiting.pollFirst();
    if (next == null) {
      waiting = null;
    }
    return next;
  }

  /** Whether the map is to stop once it has done the others. */
  boolean endWithStop() {
    return waiting != null && waiting.peekLast() instanceof MapCommand.Stop;
  }

  /** Says of all that they cannot be answered. */
  void refuse(String tenantId) {
    for (MapCommand.FromTenant next = poll(); next != null; next = poll()) {
      next.refuse(tenantId);
    }
  }
}
