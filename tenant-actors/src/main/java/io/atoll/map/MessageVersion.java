package io.atoll.map;

/**
 * The first byte of a message between nodes. A node reads the versions up to its own. Fields that
 * are added at the end of a message need no new version: a node that does not know them leaves them
 * unread.
 */
public final class MessageVersion {
  private static final byte PRESENT = 1;

  private MessageVersion() {}

  /** An empty message with its version. */
  public static Output begin(int capacity) {
    return new Output(capacity).code(PRESENT);
  }

  /** The message behind its version, which must be known. */
  public static Input open(byte[] message) {
    Input input = new Input(message);
    byte version = input.code();
    if (version != PRESENT) {
      throw new IllegalArgumentException(
          "cannot read version " + version + " of a message: was it sent by a newer Atoll?");
    }
    return input;
  }
}
