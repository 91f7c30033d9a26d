package io.atoll.faults.history;

import io.atoll.faults.history.Outcome.Certainty;

/** A request of a client and what came of it; {@code attempts} of it were sent, or tried to. */
public record Operation(
    int client, Entry entry, Action action, Outcome outcome, Span span, int attempts) {
  /** Whether it is a write that was answered with success. */
  public boolean acknowledged() {
    return action.writes() && outcome.certainty() == Certainty.OK;
  }

  /** Whether it is a write that may or may not take effect. */
  public boolean unsure() {
    return action.writes() && outcome.certainty() == Certainty.UNKNOWN;
  }

  @Override
  public String toString() {
    return "%s of %s by client %d: %s".formatted(action, entry, client, outcome);
  }
}
