package io.atoll.http.route;

import io.atoll.refusal.ErrorCode;
import io.atoll.refusal.Refusal;
import java.io.Serial;

/** Ends the reading of a request that is not to be answered otherwise. Carries no stack trace. */
final class RefusedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  RefusedException(Refusal refusal) {
    super(refusal.detail(), null, false, false);
    this.refusal = refusal;
  }

  static RefusedException of(ErrorCode code, String detail) {
    return new RefusedException(Refusal.of(code, detail));
  }

  /** An {@code INVALID_REQUEST}. */
  static RefusedException invalid(String detail) {
    return of(ErrorCode.INVALID_REQUEST, detail);
  }

  Refusal refusal() {
    return refusal;
  }
}
