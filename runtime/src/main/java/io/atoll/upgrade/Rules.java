package io.atoll.upgrade;

import io.atoll.upgrade.ClusterView.NodeView;
import io.atoll.upgrade.Plan.Planned;
import java.util.Optional;

/** What comes next, judged by what is planned and what the cluster shows. */
final class Rules {
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
      boolean gone = node.startedAt().isEmpty() && !node.state().equals("up");
      Step step = gone ? Step.DOWN : Step.HANDS_OVER;
      return Optional.of(new Next.Wait(current.address(), step, ""));
    }
    return plan.isDone(current, view)
        ? Optional.empty()
        : Optional.of(new Next.WrongVersion(current.address(), node.version()));
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
          return new Next.Wait(node, serves ? Step.CATCHES_UP : Step.STARTS, flaw);
        })
        .orElseGet(() -> new Next.Refuse(flaw));
  }

  private static Next nextNode(Plan plan, ClusterView view) {
    return plan.nodes().stream()
        .filter(planned -> !plan.isDone(planned, view))
        .findFirst()
        .<Next>map(planned -> new Next.Restart(planned.address()))
        .orElseGet(Next.Finished::new);
  }
}
