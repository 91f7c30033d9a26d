package io.atoll.cassandra;

/** Cassandra does not answer: a request was not sent, or what became of it is not known. */
public final class StoreDownException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoreDownException() {
    super("Cassandra does not answer.");
  }
}
