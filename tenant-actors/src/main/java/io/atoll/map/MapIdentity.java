package io.atoll.map;

import io.atoll.tenant.PersistenceIds;

/**
 * Which map of which tenant. The generation says how often the map has been dropped: a map that
 * recovers with a lower one removes its old entries before it serves.
 */
public record MapIdentity(String tenantId, long incarnation, String map, long generation) {
  String persistenceId() {
    return PersistenceIds.map(tenantId, incarnation, map);
  }
}
