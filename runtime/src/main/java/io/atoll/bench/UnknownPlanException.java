package io.atoll.bench;

import java.util.List;

/** A plan of the run that the node does not have; nothing was made. */
final class UnknownPlanException extends BenchException {
  private static final long serialVersionUID = 1L;

  UnknownPlanException(String plan, List<String> known) {
    super("--plans: the node has no plan '" + plan + "'; it has " + String.join(", ", known));
  }
}
