package io.atoll.upgrade;

import static io.atoll.upgrade.Views.BEGUN;
import static io.atoll.upgrade.Views.flawed;
import static io.atoll.upgrade.Views.node;
import static io.atoll.upgrade.Views.unready;
import static io.atoll.upgrade.Views.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.upgrade.ClusterView.NodeView;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpgradeTest {
  private static final Upgrade.Patience PATIENCE =
      new Upgrade.Patience(Duration.ofMinutes(1), Duration.ofSeconds(30));
  private static final NodeView A = node("a:1", "1", -100);
  private static final NodeView B = node("b:1", "1", -90);
  private static final NodeView NEW_A = node("a:1", "1", 20);
  private static final NodeView NEW_B = node("b:1", "1", 10);

  @TempDir Path folder;

  /** What is seen at each look; the last is seen for ever. */
  private final ArrayDeque<Look> looks = new ArrayDeque<>();

  private final List<String> restarted = new ArrayList<>();
  private final StringWriter text = new StringWriter();
  private Restart.Result result = new Restart.Result.Begun();

  /** So many restarts are refused before the first one has its result. */
  private int refusals;

  private long now;

  @Test
  void nodesAreRestartedOneAfterTheOther() throws InterruptedException {
    see(flawed("b drains", A, unready(B)));
    see(whole(A));
    see(flawed("b starts", A, unready(NEW_B)));
    see(flawed("9 cells are on the way", A, NEW_B));
    see(whole(A, NEW_B));
    see(whole(NEW_B));
    see(whole(NEW_A, NEW_B));

    assertThat(run(plan(), whole(A, B)).exitCode()).isZero();

    assertThat(restarted).containsExactly("b:1", "a:1");
    assertThat(state().load()).isEmpty();
    assertThat(text.toString().lines().map(line -> line.replaceAll("[0-9.]+ s", "TIME")))
        .containsExactly(
            "  b:1  waits",
            "  a:1  waits",
            "  b:1  restart command runs",
            "  b:1  hands over",
            "  b:1  down",
            "  b:1  starts",
            "  b:1  catches up",
            "  b:1  restarted in TIME",
            "  a:1  restart command runs",
            "  a:1  down",
            "  a:1  restarted in TIME",
            "2 restarted, 2 done; the cluster is whole");
  }

  @Test
  void aClusterThatIsNotWholeForAWhileIsWaitedFor() throws InterruptedException {
    see(flawed("2 cells are on the way", A, B));
    see(whole(A, B));
    see(whole(A, NEW_B));
    see(flawed("1 cell is on the way", A, NEW_B));
    see(whole(A, NEW_B));
    see(whole(NEW_A, NEW_B));

    assertThat(run(plan(), flawed("3 cells are on the way", A, B)).exitCode()).isZero();

    assertThat(restarted).containsExactly("b:1", "a:1");
    assertThat(text.toString().lines().limit(4))
        .containsExactly(
            "  b:1  waits",
            "  a:1  waits",
            "  b:1  waits for the cluster to be whole: 3 cells are on the way",
            "  b:1  waits for the cluster to be whole: 2 cells are on the way");
  }

  @Test
  void aNodeThatWasSilentAtFirstIsRestarted() throws InterruptedException {
    see(whole(A, B));
    see(whole(A, NEW_B));
    see(whole(NEW_A, NEW_B));
    ClusterView silent = flawed("node b:1 does not answer", A, silent(B));
    Plan plan = Plan.of(silent, List.of(), Optional.empty(), BEGUN);

    assertThat(run(plan, silent).exitCode()).isZero();

    assertThat(restarted).containsExactlyInAnyOrder("a:1", "b:1");
  }

  @Test
  void aClusterThatIsNotWholeIsLeftAlone() throws InterruptedException {
    see(flawed("node b:1 is unreachable", A, B));

    Ending ending = run(plan(), flawed("node b:1 is unreachable", A, B));

    assertThat(ending.exitCode()).isEqualTo(ExitCodes.NOT_WHOLE);
    assertThat(ending.message()).contains("node b:1 is unreachable", "Done: none; to do: b:1, a:1");
    assertThat(restarted).isEmpty();
    assertThat(state().load()).isEmpty();
  }

  @Test
  void aNodeThatDoesNotComeBackEndsTheRunAndTheNextOneGoesOn() throws InterruptedException {
    see(whole(A));

    Ending ending = run(plan(), whole(A, B));

    assertThat(ending.exitCode()).isEqualTo(ExitCodes.NOT_BACK);
    assertThat(ending.message())
        .contains(
            "node b:1 is not back after 1m (down)", "Being restarted: b:1", "to do: b:1, a:1");

    see(whole(A));
    see(whole(A, NEW_B));
    see(whole(NEW_A, NEW_B));
    Plan taken = Plan.takeUp(state().load(), whole(A), List.of(), Optional.empty(), BEGUN);
    assertThat(run(taken, whole(A)).exitCode()).isZero();
    assertThat(restarted).containsExactly("b:1", "a:1");
  }

  @Test
  void aClusterThatNobodySeesForAWhileIsWaitedFor() throws InterruptedException {
    looks.add(new Look.Nothing("cannot reach it"));
    see(whole(A, NEW_B));
    see(whole(NEW_A, NEW_B));

    assertThat(run(plan(), whole(A, B)).exitCode()).isZero();
  }

  @Test
  void aClusterThatNobodySeesAnyMoreEndsTheRun() throws InterruptedException {
    looks.add(new Look.Nothing("cannot reach it"));

    Ending ending = run(plan(), whole(A, B));

    assertThat(ending.exitCode()).isEqualTo(ExitCodes.NOT_BACK);
    assertThat(ending.message()).contains("no node answers: cannot reach it");
  }

  @Test
  void aDrainThatIsRefusedChangesNothing() throws InterruptedException {
    result = new Restart.Result.Refused("the cluster is not whole: c drains");
    see(whole(A, B));

    Ending ending = run(plan(), whole(A, B));

    assertThat(ending.exitCode()).isEqualTo(ExitCodes.NOT_WHOLE);
    assertThat(ending.message()).contains("c drains").doesNotContain("Being restarted");
    assertThat(restarted).as("asked for until patience is over").hasSizeBetween(100, 121);
    assertThat(text.toString().lines().distinct()).hasSameSizeAs(text.toString().lines().toList());
    assertThat(state().load()).isEmpty();
  }

  @Test
  void aDrainThatIsRefusedForAWhileIsAskedForAgain() throws InterruptedException {
    refusals = 60;
    see(whole(A, B));
    for (int look = 0; look < 60; look++) {
      see(whole(A, B));
    }
    see(whole(A, NEW_B));
    see(whole(NEW_A, NEW_B));

    assertThat(run(plan(), whole(A, B)).exitCode()).isZero();
  }

  @Test
  void aRestartThatFailsIsKeptToBeTakenUp() throws InterruptedException {
    result = new Restart.Result.Failed("exit code 5");

    Ending ending = run(plan(), whole(A, B));

    assertThat(ending.exitCode()).isEqualTo(ExitCodes.FAILED);
    assertThat(ending.message()).contains("exit code 5", "Being restarted: b:1");
    assertThat(state().load().flatMap(Plan::current)).contains("b:1");
  }

  @Test
  void forProgramsEachStepIsAnObject() throws InterruptedException {
    see(whole(A, NEW_B));
    see(whole(NEW_A, NEW_B));

    run(plan(), whole(A, B), new JsonSteps(new PrintWriter(text), Clock.systemUTC()));

    assertThat(text.toString().lines())
        .anyMatch(line -> line.contains("\"node\":\"b:1\",\"step\":\"back\",\"tookMs\":"))
        .last()
        .asString()
        .contains("\"exitCode\":0");
  }

  private static NodeView silent(NodeView node) {
    return new NodeView(
        node.address(), node.url(), node.state(), false, node.version(), Optional.empty());
  }

  private void see(ClusterView view) {
    looks.add(new Look.Seen(view));
  }

  private static Plan plan() {
    return Plan.of(whole(A, B), List.of(), Optional.empty(), BEGUN);
  }

  private Ending run(Plan plan, ClusterView view) throws InterruptedException {
    return run(plan, view, new TextSteps(new PrintWriter(text), false, List.of("b:1", "a:1")));
  }

  private Ending run(Plan plan, ClusterView view, Steps steps) throws InterruptedException {
    Upgrade upgrade =
        new Upgrade(
            new Upgrade.Tools(
                avoided -> looks.size() > 1 ? looks.remove() : looks.element(),
                new FakeRestart(),
                state(),
                steps,
                () -> now,
                time -> now += time.toNanos()),
            PATIENCE,
            plan,
            view);
    Ending ending = upgrade.run();
    looks.clear();
    return ending;
  }

  private final class FakeRestart implements Restart {
    @Override
    public Step step() {
      return Step.RESTARTS;
    }

    @Override
    public Result begin(NodeView node, Runnable meanwhile) {
      restarted.add(node.address());
      return refusals-- > 0 ? new Restart.Result.Refused("c drains") : result;
    }
  }

  private StateFile state() {
    return new StateFile(folder.resolve("state.json"));
  }
}
