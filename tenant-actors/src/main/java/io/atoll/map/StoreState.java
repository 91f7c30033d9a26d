package io.atoll.map;

/** How the store stands, as far as this node can tell. */
public enum StoreState {
  /** It answers. */
  UP,

  /** It does not answer: nothing is written, and what is in memory is read on. */
  DOWN,

  /**
   * It has not answered for so long that somebody else may have taken over what is in memory here:
   * that is not read any more.
   */
  LOST
}
