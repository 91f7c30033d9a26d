package io.atoll.upgrade;

import io.atoll.upgrade.ClusterView.NodeView;
import io.atoll.upgrade.Plan.Planned;
import java.util.Optional;
import java.util.Set;

/** What comes next, judged by what is planned and what the cluster shows. */
final class Rules {
  private static final Set<String> COMES = Set.of("joining", "weaklyup", "up");

  private Rules() {}

  /**
   * One node at a time: the one that is being restarted must be back, and the cluster whole, before
   * the next.
   */
  static Next next(Plan plan, ClusterView view) {
    return plan.current()
        .map(plan::planned)
        .flatMap(current -> notBack(plan, current, view))
        .or(() -> flaw(plan, view).map(flaw -> notWhole(plan, view, flaw)))
        .orElseGet(() -> nextNode(plan, view));
  }

  /**
   * The plan as it is taken up again: what the run before was about to do, or has done in vain,
   * does not keep a node of a whole cluster from being restarted.
   */
  static Plan resumed(Plan plan, ClusterView view) {
    boolean begins =
        plan.current()
            .map(plan::planned)
            .filter(current -> !plan.isDone(current, view))
            .filter(current -> flaw(plan, view).isEmpty())
            .isPresent();
    return begins ? plan.resting() : plan;
  }

  private static Optional<Next> notBack(Plan plan, Planned current, ClusterView view) {
    Optional<NodeView> seen = view.node(current.address());
    if (seen.isEmpty()) {
      return Optional.of(new Next.Wait(current.address(), Step.DOWN, ""));
    }
    NodeView node = seen.get();
    if (!Plan.isAnotherProcess(current, node)) {
      return Optional.of(new Next.Wait(current.address(), before(node), ""));
    }
    return plan.isDone(current, view)
        ? Optional.empty()
        : Optional.of(new Next.WrongVersion(current.address(), node.version()));
  }

  /** How far a node is that has not shown its new process; one that is mute and up starts. */
  private static Step before(NodeView node) {
    if (node.startedAt().isPresent()) {
      return Step.HANDS_OVER;
    }
    return COMES.contains(node.state()) ? Step.STARTS : Step.DOWN;
  }

  /** What keeps the cluster from being whole, also that a planned node is missing. */
  static Optional<String> flaw(Plan plan, ClusterView view) {
    return plan.nodes().stream()
        .map(Planned::address)
        .filter(address -> view.node(address).isEmpty())
        .findFirst()
        .map(address -> "node " + address + " is not in the cluster")
        .or(view::flaw);
  }

  private static Next notWhole(Plan plan, ClusterView view, String flaw) {
    return plan.current()
        .<Next>map(node -> {
          boolean serves = view.node(node).filter(NodeView::serves).isPresent();
          return serves
              ? new Next.Wait(node, Step.CATCHES_UP, flaw)
              : new Next.Wait(node, Step.STARTS, "");
        })
        .orElseGet(() -> new Next.HoldBack(flaw));
  }

  private static Next nextNode(Plan plan, ClusterView view) {
    return plan.nodes().stream()
        .filter(planned -> !plan.isDone(planned, view))
        .findFirst()
        .<Next>map(planned -> new Next.Restart(planned.address()))
        .orElseGet(Next.Finished::new);
  }
}
