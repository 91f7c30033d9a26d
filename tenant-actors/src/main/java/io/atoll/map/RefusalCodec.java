package io.atoll.map;

import io.atoll.quota.Denial;
import io.atoll.quota.RateStatus;
import io.atoll.refusal.ErrorCode;
import io.atoll.refusal.Refusal;

/** Refusals, and where rates stand, on their way between nodes. */
final class RefusalCodec {
  private static final byte PLAIN = 0;
  private static final byte OF_FLOW = 1;
  private static final byte OF_CAP = 2;

  private RefusalCodec() {}

  static void write(Refusal refusal, Output output) {
    Denial denial = refusal.denial();
    output.code(denial == null ? PLAIN : denial.cap() ? OF_CAP : OF_FLOW);
    output.text(refusal.code().name()).text(refusal.detail());
    if (denial != null) {
      output
          .text(denial.quota())
          .shortNumber(denial.current())
          .shortNumber(denial.limit())
          .shortNumber(denial.retryAfterMs());
    }
  }

  static Refusal refusal(Input input) {
    byte form = input.code();
    ErrorCode code = ErrorCode.byName(input.text()).orElse(ErrorCode.INTERNAL);
    String detail = input.text();
    return new Refusal(code, detail, form == PLAIN ? null : denial(form == OF_CAP, input));
  }

  private static Denial denial(boolean cap, Input input) {
    return new Denial(
        input.text(), input.shortNumber(), input.shortNumber(), input.shortNumber(), cap);
  }

  static void write(RateStatus rate, Output output) {
    output
        .shortNumber(rate.limit())
        .shortNumber(rate.burst())
        .shortNumber(rate.remaining())
        .shortNumber(rate.resetMs());
  }

  static RateStatus rate(Input input) {
    return new RateStatus(
        input.shortNumber(), input.shortNumber(), input.shortNumber(), input.shortNumber());
  }
}
