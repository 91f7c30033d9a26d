package io.atoll.store;

/** A record, or a row of records, that is not what was written: its owner must not go on. */
public final class DamagedRecordException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DamagedRecordException(String message) {
    super(message);
  }
}
