package io.atoll.store;

/** A record, or a row of records, that is not what was written: its owner must not go on. */
public final class DamagedRecordException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DamagedRecordException(String message) {
    super(message);
  }

  /** The stream goes on with a later event than the one that comes next. */
  public static DamagedRecordException gap(String stream, long next, long found) {
    return new DamagedRecordException(
        "Stream %s is damaged: events %d to %d are missing.".formatted(stream, next, found - 1));
  }
}
