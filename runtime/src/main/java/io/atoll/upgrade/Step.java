package io.atoll.upgrade;

/** How far a node is; the words are shown. */
enum Step {
  WAITS("waits"),
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

  /** Whether the node is being restarted. */
  boolean isUnderWay() {
    return switch (this) {
      case RESTARTS, HANDS_OVER, DOWN, STARTS, CATCHES_UP, UNSEEN -> true;
      case WAITS, SKIPPED, DONE, BACK -> false;
    };
  }
}
