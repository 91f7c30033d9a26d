package io.atoll.upgrade;

/** How far a node is; the words are shown. */
enum Step {
  WAITS("waits"),
  HELD_BACK("waits for the cluster to be whole"),
  SKIPPED("skipped, has the version"),
  DONE("done before"),
  RESTARTS("restart command runs"),
  HANDS_OVER("hands over"),
  DOWN("down"),
  STARTS("starts"),
  CATCHES_UP("catches up"),
  UNSEEN("no node answers"),
  BACK("restarted");

  private final String words;

  Step(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  /** Whether time passes that a user wants to see: the node's restart, or what it waits for. */
  boolean isUnderWay() {
    return switch (this) {
      case HELD_BACK, RESTARTS, HANDS_OVER, DOWN, STARTS, CATCHES_UP, UNSEEN -> true;
      case WAITS, SKIPPED, DONE, BACK -> false;
    };
  }
}
