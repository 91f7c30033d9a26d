package io.atoll.http;

import io.atoll.map.Outcome;

/** The HTTP status of an operation's outcome, which it also has over a WebSocket. */
public final class OutcomeStatus {
  private OutcomeStatus() {}

  public static int of(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Written written -> written.created() ? 201 : 200;
      case Outcome.Found found -> 200;
      case Outcome.Removed removed -> 204;
      case Outcome.Scanned scanned -> 200;
      case Outcome.MapsListed listed -> 200;
      case Outcome.Refused refused -> refused.refusal().code().status();
    };
  }
}
