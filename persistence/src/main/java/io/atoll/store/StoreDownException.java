package io.atoll.store;

/** The store does not answer: a request was not sent, or what became of it is not known. */
public final class StoreDownException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreDownException(String message) {
    super(message);
  }
}
