package io.atoll.map;

import io.atoll.map.OperateReply.Outcomes;
import io.atoll.map.OperateReply.Rejected;
import io.atoll.plan.Tier;
import io.atoll.quota.RateStatus;
import io.atoll.refusal.Refusal;
import java.util.ArrayList;
import java.util.List;

/** Answers to operations on their way between nodes. */
final class OperateReplyCodec {
  private static final byte WITHOUT_RATE = 0;
  private static final byte WITH_RATE = 1;

  private OperateReplyCodec() {}

  static byte[] encode(Outcomes reply) {
    int size = 64;
    for (Outcome outcome : reply.outcomes()) {
      size += OutcomeCodec.size(outcome);
    }
    Output output =
        MessageVersion.begin(size)
            .text(reply.tenantId())
            .shortNumber(reply.correlation())
            .code(code(reply.tier()));
    RefusalCodec.write(reply.rate(), output);
    output.shortCount(reply.outcomes().size());
    for (int i = 0; i < reply.positions().length; i++) {
      output.shortNumber(reply.positions()[i]);
      OutcomeCodec.write(reply.outcomes().get(i), output);
    }
    return output.toBytes();
  }

  static Outcomes outcomes(byte[] bytes) {
    Input input = MessageVersion.open(bytes);
    String tenantId = input.text();
    long correlation = input.shortNumber();
    Tier tier = tier(input.code());
    RateStatus rate = RefusalCodec.rate(input);
    int count = input.shortCount();
    int[] positions = new int[count];
    List<Outcome> outcomes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      positions[i] = Math.toIntExact(input.shortNumber());
      outcomes.add(OutcomeCodec.read(input));
    }
    return new Outcomes(tenantId, correlation, positions, outcomes, tier, rate);
  }

  static byte[] encode(Rejected reply) {
    Output output =
        MessageVersion.begin(192).text(reply.tenantId()).shortNumber(reply.correlation());
    RefusalCodec.write(reply.refusal(), output);
    RateStatus rate = reply.rate();
    output.code(rate == null ? WITHOUT_RATE : WITH_RATE);
    if (rate != null) {
      RefusalCodec.write(rate, output);
    }
    return output.toBytes();
  }

  static Rejected rejected(byte[] bytes) {
    Input input = MessageVersion.open(bytes);
    String tenantId = input.text();
    long correlation = input.shortNumber();
    Refusal refusal = RefusalCodec.refusal(input);
    RateStatus rate = input.code() == WITHOUT_RATE ? null : RefusalCodec.rate(input);
    return new Rejected(tenantId, correlation, refusal, rate);
  }

  private static byte code(Tier tier) {
    return switch (tier) {
      case A -> 1;
      case B -> 2;
      case C -> 3;
    };
  }

  private static Tier tier(byte code) {
    return switch (code) {
      case 1 -> Tier.A;
      case 2 -> Tier.B;
      case 3 -> Tier.C;
      default -> throw new IllegalArgumentException("unknown tier: " + code);
    };
  }
}
