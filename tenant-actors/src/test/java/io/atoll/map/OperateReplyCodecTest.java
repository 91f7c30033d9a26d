package io.atoll.map;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atoll.plan.Tier;
import io.atoll.quota.RateStatus;
import io.atoll.refusal.ErrorCode;
import io.atoll.refusal.Refusal;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class OperateReplyCodecTest {
  @Property(tries = 500)
  void everyReplyArrivesAsItWasSent(@ForAll("replies") OperateReply reply) {
    OperateReply read =
        switch (reply) {
          case OperateReply.Outcomes outcomes ->
              OperateReplyCodec.outcomes(OperateReplyCodec.encode(outcomes));
          case OperateReply.Rejected rejected ->
              OperateReplyCodec.rejected(OperateReplyCodec.encode(rejected));
        };

    assertThat(read).usingRecursiveComparison().isEqualTo(reply);
  }

  @Provide
  Arbitrary<OperateReply> replies() {
    return Generated.replies();
  }

  @Test
  void messagesThatEndEarlyAreRefused() {
    Damage.everyCutIsRefused(OperateReplyCodec.encode(outcomes()), OperateReplyCodec::outcomes);
    Damage.everyCutIsRefused(OperateReplyCodec.encode(rejected()), OperateReplyCodec::rejected);
  }

  @Test
  void damagedMessagesNeverNeedMuchMemory() {
    Damage.changesNeverNeedMuchMemory(
        OperateReplyCodec.encode(outcomes()), OperateReplyCodec::outcomes);
    Damage.changesNeverNeedMuchMemory(
        OperateReplyCodec.encode(rejected()), OperateReplyCodec::rejected);
  }

  @Test
  void whatANewerNodeAddsAtTheEndIsPassedOver() {
    byte[] sent = OperateReplyCodec.encode(rejected());
    byte[] longer = Arrays.copyOf(sent, sent.length + 9);

    assertThat(OperateReplyCodec.rejected(longer)).isEqualTo(rejected());
  }

  @Test
  void anotherVersionIsRefusedWithItsNumber() {
    byte[] sent = OperateReplyCodec.encode(rejected());
    sent[0] = 9;

    assertThatThrownBy(() -> OperateReplyCodec.rejected(sent))
        .hasMessageContaining("version 9")
        .hasMessageContaining("newer");
  }

  @Test
  void aCodeThatOnlyNewerNodesKnowIsAFaultToThisOne() {
    byte[] sent = OperateReplyCodec.encode(rejected());
    byte[] code = "CONFLICT".getBytes(UTF_8);
    int at = new String(sent, ISO_8859_1).indexOf("CONFLICT");
    Arrays.fill(sent, at, at + code.length, (byte) 'X');

    assertThat(OperateReplyCodec.rejected(sent).refusal())
        .isEqualTo(Refusal.of(ErrorCode.INTERNAL, "why"));
  }

  private static OperateReply.Outcomes outcomes() {
    return new OperateReply.Outcomes(
        "acme",
        77,
        new int[] {0, 2, 1},
        List.of(
            new Outcome.Written(9, true),
            new Outcome.Found(new byte[300], 8),
            new Outcome.Scanned(
                List.of(new Outcome.Item(Key.of("k"), new byte[20], 3)), Key.of("l"))),
        Tier.B,
        new RateStatus(100, 200, 50, 10));
  }

  private static OperateReply.Rejected rejected() {
    return new OperateReply.Rejected(
        "acme", 77, Refusal.of(ErrorCode.CONFLICT, "why"), new RateStatus(1, 2, 3, 4));
  }
}
