package io.atoll.map;

/** How the store stands, as far as this node can tell. */
public enum StoreState {
  /** It answers. */
  UP,

  /**
   * It has not answered for a moment, which may be nothing: what has to be written is, and what can
   * wait is not, for while something is being written its owner does nothing else.
   */
  SILENT,

  /** It does not answer: nothing is written, and what is in memory is read on. */
  DOWN,

  /**
   * Somebody else may have taken over what is in memory here, because the store has not answered
   * for so long, or the other nodes have not: that is not read any more, and no write is taken.
   */
  LOST;

  /** Whether nothing can be written or recovered. */
  public boolean isDown() {
    return this == DOWN || this == LOST;
  }
}
