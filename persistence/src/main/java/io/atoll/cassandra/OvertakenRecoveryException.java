package io.atoll.cassandra;

/**
 * A recovery whose snapshot was outdated when it claimed the stream: the owner before it has
 * meanwhile deleted events that only a newer snapshot has. The next recovery reads that one.
 */
public final class OvertakenRecoveryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OvertakenRecoveryException(String stream, long snapshot) {
    super(
        "The recovery of %s cannot go on after number %d: events after it were deleted meanwhile. It has to begin again."
            .formatted(stream, snapshot));
  }
}
