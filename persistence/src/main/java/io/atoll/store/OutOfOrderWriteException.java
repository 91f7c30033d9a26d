package io.atoll.store;

/** A write whose sequence number is not the stream's next one: another writer was there. */
public final class OutOfOrderWriteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public OutOfOrderWriteException(String stream, long expected, long found) {
    super(
        "Refused to write sequence number %d of %s: the next one is %d. Another writer was there."
            .formatted(found, stream, expected));
  }
}
