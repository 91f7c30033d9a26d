package io.atoll.http.route;

import io.atoll.map.Outcome;

/** The HTTP status of an operation's outcome. */
final class OutcomeStatus {
  private OutcomeStatus() {}

  static int of(Outcome outcome) {
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
