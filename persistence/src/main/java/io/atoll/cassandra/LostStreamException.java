package io.atoll.cassandra;

/** A write of one who does not own the stream, or not any more: nothing of it was stored. */
public final class LostStreamException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LostStreamException(String stream, long number) {
    super(
        "Refused to write sequence number %d of %s: another writer has taken the stream over, or the number is not the next one."
            .formatted(number, stream));
  }
}
