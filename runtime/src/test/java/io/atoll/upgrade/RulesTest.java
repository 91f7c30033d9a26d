package io.atoll.upgrade;

import static io.atoll.upgrade.Views.BEGUN;
import static io.atoll.upgrade.Views.flawed;
import static io.atoll.upgrade.Views.node;
import static io.atoll.upgrade.Views.unready;
import static io.atoll.upgrade.Views.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.upgrade.ClusterView.NodeView;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RulesTest {
  private static final NodeView A = node("a:1", "1", -100);
  private static final NodeView B = node("b:1", "1", -90);
  private static final NodeView NEW_B = node("b:1", "1", 10);

  private final Plan plan = Plan.of(whole(A, B), List.of(), Optional.empty(), BEGUN);
  private final Plan withB = plan.restarting(B);

  @Test
  void aWholeClusterLosesTheFirstNodeThatIsNotDone() {
    assertThat(Rules.next(plan, whole(A, B))).isEqualTo(new Next.Restart("b:1"));
    assertThat(Rules.next(plan, whole(A, NEW_B))).isEqualTo(new Next.Restart("a:1"));
  }

  @Test
  void nothingBeginsWhileTheClusterIsNotWhole() {
    assertThat(Rules.next(plan, flawed("a cell moves", A, B)))
        .isEqualTo(new Next.HoldBack("a cell moves"));
  }

  @Test
  void aPlannedNodeThatIsMissingLeavesTheClusterNotWhole() {
    assertThat(Rules.next(plan, whole(A)))
        .isEqualTo(new Next.HoldBack("node b:1 is not in the cluster"));
  }

  @Test
  void aNodeIsFollowedOnItsWayDownAndUpAgain() {
    assertThat(step(whole(A, B))).isEqualTo(Step.HANDS_OVER);
    assertThat(step(flawed("b drains", A, unready(B)))).isEqualTo(Step.HANDS_OVER);
    assertThat(step(whole(A))).isEqualTo(Step.DOWN);
    assertThat(step(flawed("b is exiting", A, mute("exiting")))).isEqualTo(Step.DOWN);
    assertThat(step(flawed("b is joining", A, mute("joining")))).isEqualTo(Step.STARTS);
    assertThat(step(flawed("b is not ready", A, unready(NEW_B)))).isEqualTo(Step.STARTS);
    assertThat(step(flawed("9 cells move", A, NEW_B))).isEqualTo(Step.CATCHES_UP);
  }

  @Test
  void theNextNodeFollowsOnceTheOneBeforeHasCaughtUp() {
    assertThat(Rules.next(withB, whole(A, NEW_B))).isEqualTo(new Next.Restart("a:1"));
  }

  @Test
  void allDoneIsTheEnd() {
    Plan last = withB.restarting(A);

    assertThat(Rules.next(last, whole(node("a:1", "1", 20), NEW_B))).isEqualTo(new Next.Finished());
  }

  @Test
  void anotherNodeThatIsLostMeanwhileIsWaitedForToo() {
    assertThat(Rules.next(withB, whole(NEW_B)))
        .isEqualTo(new Next.Wait("b:1", Step.CATCHES_UP, "node a:1 is not in the cluster"));
  }

  @Test
  void withAVersionOnlyNodesOfAnotherOneAreRestarted() {
    ClusterView view = whole(A, node("b:1", "2", -90));
    Plan toTwo = Plan.of(view, List.of(), Optional.of("2"), BEGUN);

    assertThat(Rules.next(toTwo, view)).isEqualTo(new Next.Restart("a:1"));
    assertThat(Rules.next(toTwo, whole(node("a:1", "2", -100), node("b:1", "2", -90))))
        .isEqualTo(new Next.Finished());
  }

  @Test
  void aNodeThatComesBackWithAnotherVersionEndsTheUpgrade() {
    Plan toTwo = Plan.of(whole(A, B), List.of(), Optional.of("2"), BEGUN).restarting(B);

    assertThat(Rules.next(toTwo, whole(A, NEW_B))).isEqualTo(new Next.WrongVersion("b:1", "1"));
    assertThat(Rules.next(Rules.resumed(toTwo, whole(A, NEW_B)), whole(A, NEW_B)))
        .as("once its software is put right")
        .isEqualTo(new Next.Restart("b:1"));
  }

  @Test
  void aRunThatWasKilledBeforeItsRestartBeganBeginsIt() {
    assertThat(Rules.next(Rules.resumed(withB, whole(A, B)), whole(A, B)))
        .isEqualTo(new Next.Restart("b:1"));
  }

  @Test
  void aRunThatWasKilledWhileItsNodeIsDownWaitsForThatNode() {
    assertThat(Rules.next(Rules.resumed(withB, whole(A)), whole(A)))
        .isEqualTo(new Next.Wait("b:1", Step.DOWN, ""));
  }

  @Test
  void aNodeThatCameBackWhileNobodyLookedIsDone() {
    assertThat(Rules.next(Rules.resumed(withB, whole(A, NEW_B)), whole(A, NEW_B)))
        .isEqualTo(new Next.Restart("a:1"));
  }

  private static NodeView mute(String state) {
    return new NodeView("b:1", Optional.empty(), state, false, "", Optional.empty());
  }

  private Step step(ClusterView view) {
    return ((Next.Wait) Rules.next(withB, view)).step();
  }
}
