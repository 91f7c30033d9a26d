package io.atoll.map;

/** A client's promise on its way between nodes. */
public final class PromiseCodec {
  private PromiseCodec() {}

  /** Writes the promise. */
  public static void write(Idempotency promise, Output output) {
    output.text(promise.key()).text(promise.fingerprint());
  }

  /** Reads what was written. */
  public static Idempotency read(Input input) {
    return new Idempotency(input.text(), input.text());
  }
}
