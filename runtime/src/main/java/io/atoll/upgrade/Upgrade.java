package io.atoll.upgrade;

import io.atoll.terminal.Span;
import io.atoll.upgrade.Plan.Planned;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Carries a plan out: looks, does what comes next, waits and looks again. One thread runs it;
 * {@link #whereItStands} may be asked by others.
 */
final class Upgrade {
  /** How the cluster is seen. */
  interface Eyes {
    Look look(Optional<String> avoided) throws InterruptedException;
  }

  /** Lets a while pass. */
  interface Pause {
    void take(Duration time) throws InterruptedException;
  }

  /** What a run works with; the clock is monotonic. */
  record Tools(
      Eyes eyes,
      Restart restart,
      StateFile state,
      Steps steps,
      LongSupplier nanoTime,
      Pause pause) {}

  /**
   * How long a run waits.
   *
   * @param back for a node to be back and to have caught up
   * @param whole for the cluster to be whole, before a node is restarted
   */
  record Patience(Duration back, Duration whole) {}

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

  private final Tools tools;
  private final Patience patience;
  private volatile Plan plan;
  private volatile ClusterView seen;
  private volatile boolean ended;
  private final Map<String, Duration> took = new HashMap<>();
  private long since;

  /** Since when the next node is held back, when it is. */
  private OptionalLong heldBackSince = OptionalLong.empty();

  /** The plan as it stands, and what was seen last. */
  Upgrade(Tools tools, Patience patience, Plan plan, ClusterView seen) {
    this.tools = tools;
    this.patience = patience;
    this.plan = plan.learning(seen);
    this.seen = seen;
    this.since = tools.nanoTime().getAsLong();
  }

  /** Runs to the end. */
  Ending run() throws InterruptedException {
    Next next = Rules.next(plan, seen);
    Optional<Ending> ending = act(next);
    while (ending.isEmpty()) {
      tools.pause().take(BETWEEN_LOOKS);
      next = look();
      ending = act(next);
    }
    ended = true;
    tools.steps().end(ending.get());
    return ending.get();
  }

  private Next look() throws InterruptedException {
    return switch (tools.eyes().look(plan.current())) {
      case Look.Seen(var view) -> {
        seen = view;
        plan = plan.learning(view);
        yield Rules.next(plan, view);
      }
      case Look.Nothing(var reason) ->
          plan.current()
              .<Next>map(node -> new Next.Wait(node, Step.UNSEEN, reason))
              .orElseGet(() -> new Next.HoldBack(reason));
    };
  }

  private Optional<Ending> act(Next next) throws InterruptedException {
    showResting();
    return switch (next) {
      case Next.Finished() -> finish();
      case Next.Restart(var node) -> restart(node);
      case Next.Wait wait -> await(wait);
      case Next.HoldBack(var reason) -> holdBack(reason, "the cluster is not whole: " + reason);
      case Next.WrongVersion(var node, var version) ->
          end(
              ExitCodes.FAILED,
              "node "
                  + node
                  + " is back with version "
                  + version
                  + ", not "
                  + plan.to().orElse(""));
    };
  }

  private Optional<Ending> finish() {
    back();
    tools.state().delete();
    return Optional.of(
        new Ending(
            ExitCodes.DONE,
            took.isEmpty()
                ? "nothing was left to restart; the cluster is whole"
                : took.size()
                    + " restarted, "
                    + plan.nodes().size()
                    + " done; the cluster is whole"));
  }

  private Optional<Ending> restart(String node) throws InterruptedException {
    back();
    Plan before = plan;
    ClusterView.NodeView now = seen.node(node).orElseThrow();
    plan = plan.restarting(now);
    tools.state().save(plan);
    since = tools.nanoTime().getAsLong();
    Step first = tools.restart().step();
    if (heldBackSince.isEmpty()) {
      tools.steps().show(node, first, "", Duration.ZERO);
    }
    Runnable meanwhile = () -> tools.steps().show(node, first, "", lasts());
    return switch (tools.restart().begin(now, meanwhile)) {
      case Restart.Result.Begun() -> {
        heldBackSince = OptionalLong.empty();
        meanwhile.run();
        yield Optional.empty();
      }
      case Restart.Result.Refused(var reason) -> {
        plan = before;
        keepWhatIsDone();
        yield holdBack(reason, reason);
      }
      case Restart.Result.Failed(var reason) -> end(ExitCodes.FAILED, reason);
    };
  }

  /** The node that was being restarted is back. */
  private void back() {
    plan.current().ifPresent(node -> took.put(node, lasts()));
    plan = plan.resting();
    showResting();
  }

  private Optional<Ending> await(Next.Wait wait) {
    tools.steps().show(wait.node(), wait.step(), wait.detail(), lasts());
    return lasts().compareTo(patience.back()) < 0
        ? Optional.empty()
        : end(
            ExitCodes.NOT_BACK,
            "node "
                + wait.node()
                + " is not back after "
                + Span.format(patience.back())
                + " ("
                + wait.step().words()
                + (wait.detail().isEmpty() ? "" : ": " + wait.detail())
                + ")");
  }

  /** A cluster that makes its nodes alike is not whole for moments. */
  private Optional<Ending> holdBack(String reason, String whatItIs) {
    long now = tools.nanoTime().getAsLong();
    long first = heldBackSince.orElse(now);
    heldBackSince = OptionalLong.of(first);
    Duration lasts = Duration.ofNanos(now - first);
    if (lasts.compareTo(patience.whole()) >= 0) {
      return end(ExitCodes.NOT_WHOLE, whatItIs);
    }
    nextOne().ifPresent(node -> tools.steps().show(node, Step.HELD_BACK, reason, lasts));
    return Optional.empty();
  }

  private Optional<String> nextOne() {
    return plan.left(seen).stream().findFirst();
  }

  private Optional<Ending> end(int exitCode, String what) {
    return Optional.of(new Ending(exitCode, what + ". " + whereItStands()));
  }

  private void keepWhatIsDone() {
    if (plan.done(seen).isEmpty()) {
      tools.state().delete();
    } else {
      tools.state().save(plan);
    }
  }

  private void showResting() {
    for (Planned planned : plan.nodes()) {
      String node = planned.address();
      Optional<String> shownOtherwise =
          heldBackSince.isPresent() && plan.current().isEmpty() ? nextOne() : plan.current();
      if (!shownOtherwise.equals(Optional.of(node))) {
        tools.steps().show(node, resting(planned), "", took.getOrDefault(node, Duration.ZERO));
      }
    }
  }

  private Step resting(Planned planned) {
    if (took.containsKey(planned.address())) {
      return Step.BACK;
    }
    if (plan.isSkipped(planned, seen)) {
      return Step.SKIPPED;
    }
    return plan.isDone(planned, seen) ? Step.DONE : Step.WAITS;
  }

  private Duration lasts() {
    return Duration.ofNanos(tools.nanoTime().getAsLong() - since);
  }

  /** Whether it has come to an end. */
  boolean hasEnded() {
    return ended;
  }

  /** What is done, what is not, and how to go on. */
  String whereItStands() {
    ClusterView view = seen;
    Plan now = plan;
    String current =
        now.current()
            .filter(node -> now.left(view).contains(node))
            .map(node -> "Being restarted: " + node + ". ")
            .orElse("");
    return current
        + "Done: "
        + Plan.list(now.done(view))
        + "; to do: "
        + Plan.list(now.left(view))
        + ". The same command goes on from here.";
  }
}
