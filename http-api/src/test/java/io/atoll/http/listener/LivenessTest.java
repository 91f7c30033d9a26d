package io.atoll.http.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.http.listener.Liveness.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LivenessTest {
  private static final long START = Long.MAX_VALUE - 15_000_000_000L;

  private final Liveness liveness =
      new Liveness(Duration.ofSeconds(20), Duration.ofSeconds(50), START);

  @Test
  void aPeerThatSpeaksIsLeftAlone() {
    for (int second = 0; second < 300; second += 10) {
      liveness.heard(at(second));
      assertThat(judge(second + 9)).isEqualTo(Verdict.WELL);
    }
  }

  @Test
  void aQuietPeerIsAskedAfterAnInterval() {
    assertThat(judge(19)).isEqualTo(Verdict.WELL);
    assertThat(judge(20)).isEqualTo(Verdict.ASK);
  }

  @Test
  void aPeerThatAnswersEachPingStaysForEver() {
    for (int second = 20; second < 2_000; second += 40) {
      assertThat(judge(second)).isEqualTo(Verdict.ASK);
      liveness.heard(at(second + 19));
      assertThat(judge(second + 20)).isEqualTo(Verdict.WELL);
      liveness.heard(at(second + 20));
    }
  }

  @Test
  void aPeerThatAnswersNoPingIsSilentAfterASecondInterval() {
    assertThat(judge(20)).isEqualTo(Verdict.ASK);
    assertThat(judge(39)).isEqualTo(Verdict.ASK);
    assertThat(judge(40)).isEqualTo(Verdict.SILENT);
  }

  @Test
  void aNodeThatWasHeldUpAsksBeforeItGivesUp() {
    assertThat(judge(200)).isEqualTo(Verdict.ASK);
    assertThat(judge(219)).isEqualTo(Verdict.ASK);
    liveness.heard(at(219));
    assertThat(judge(220)).isEqualTo(Verdict.WELL);
  }

  @Test
  void aPeerThatIsNotReadIsNotSilent() {
    for (int second = 20; second < 300; second += 20) {
      assertThat(liveness.judge(at(second), false, false)).isEqualTo(Verdict.ASK);
    }
    liveness.heard(at(300));
    assertThat(judge(319)).isEqualTo(Verdict.WELL);
    assertThat(judge(320)).isEqualTo(Verdict.ASK);
    assertThat(judge(339)).isEqualTo(Verdict.ASK);
    assertThat(judge(340)).isEqualTo(Verdict.SILENT);
  }

  @Test
  void aPeerThatTakesNothingStalls() {
    liveness.heard(at(40));
    assertThat(liveness.judge(at(49), true, true)).isEqualTo(Verdict.WELL);
    assertThat(liveness.judge(at(50), true, true)).isEqualTo(Verdict.STALLED);
  }

  @Test
  void aPeerThatTakesSlowlyDoesNotStall() {
    for (int second = 0; second < 300; second += 40) {
      liveness.heard(at(second));
      liveness.moved(at(second));
      assertThat(liveness.judge(at(second + 19), true, true)).isEqualTo(Verdict.WELL);
    }
  }

  @Test
  void aPeerStallsOnlyWhileSomethingIsPending() {
    liveness.heard(at(95));
    assertThat(liveness.judge(at(100), true, false)).isEqualTo(Verdict.WELL);
    liveness.heard(at(148));
    assertThat(liveness.judge(at(149), true, true)).isEqualTo(Verdict.WELL);
    assertThat(liveness.judge(at(150), true, true)).isEqualTo(Verdict.STALLED);
  }

  private Verdict judge(int second) {
    return liveness.judge(at(second), true, false);
  }

  private static long at(int second) {
    return START + Duration.ofSeconds(second).toNanos();
  }
}
