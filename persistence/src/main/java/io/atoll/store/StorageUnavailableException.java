package io.atoll.store;

/** A write or read that the store refused: it was not done, and may be tried again later. */
public final class StorageUnavailableException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  public StorageUnavailableException(Reason reason) {
    super(reason.text);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  /** Why the store refused. */
  public enum Reason {
    DISK_FULL(
        "the data folder's disk has too little free space; free some, writes resume by themselves"),
    OVERLOADED("more writes wait for the disk than the store takes"),
    STALLED("the disk has not answered the last write for too long"),
    CLOSED("the store is closed");

    private final String text;

    Reason(String text) {
      this.text = text;
    }
  }
}
