package io.atoll.upgrade;

import java.time.Duration;

/** Shows how far the nodes are. */
interface Steps {
  /**
   * A node is so far; said again and again.
   *
   * @param detail more of it, or empty
   * @param since how long its restart lasts or has taken; zero before
   */
  void show(String node, Step step, String detail, Duration since);

  /** The run is at its end. */
  void end(Ending ending);
}
