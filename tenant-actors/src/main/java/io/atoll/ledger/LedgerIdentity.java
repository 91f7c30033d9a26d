package io.atoll.ledger;

import java.util.Map;

/** Whose ledger it is: its own stream, and the streams of the tenant's maps by their names. */
public record LedgerIdentity(
    String tenantId, long incarnation, String persistenceId, Map<String, String> mapStreams) {
  public LedgerIdentity {
    mapStreams = Map.copyOf(mapStreams);
  }
}
