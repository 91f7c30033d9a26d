package io.atoll.placement;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the other nodes again and again whether they still count this one as a member, and renews
 * its tenure by what they confirm. Belongs to the agent.
 */
final class TenureRenewal {
  static final Duration INTERVAL = Duration.ofMillis(500);

  /** A node that did not answer so many questions is of an older version, which logs each. */
  private static final int PATIENCE = 10;

  private static final Logger LOG = LoggerFactory.getLogger(TenureRenewal.class);

  private final Agents agents;
  private final Tenure tenure;
  private final Confirmations confirmations;
  private final Map<String, Integer> unanswered = new HashMap<>();
  private final ActorRef<PlacementReply.Confirmed> answers;
  private boolean held = true;

  TenureRenewal(ActorContext<PlacementCommand> context, Agents agents, Tenure tenure) {
    this.agents = agents;
    this.tenure = tenure;
    this.confirmations = new Confirmations(agents.self());
    this.answers =
        context.messageAdapter(
            PlacementReply.Confirmed.class,
            confirmed -> new PlacementCommand.ConfirmedBy(confirmed.node(), confirmed.asked()));
  }

  /** Asks all, once this node is one of them. */
  void ask() {
    List<Agents.Seat> seats = agents.seats();
    if (seats.stream().anyMatch(seat -> seat.node().equals(agents.self()))) {
      tenure.begin();
      PlacementCommand.Confirm question =
          new PlacementCommand.Confirm(agents.self(), tenure.now(), answers);
      seats.stream()
          .map(Agents.Seat::node)
          .filter(node -> !node.equals(agents.self()) && isToBeAsked(node))
          .forEach(node -> agents.tell(node, question));
    }
    renew(seats);
  }

  private boolean isToBeAsked(String node) {
    int questions = unanswered.merge(node, 1, Integer::sum);
    return confirmations.hasEverConfirmed(node)
        || questions <= PATIENCE
        || questions % PATIENCE == 0;
  }

  void confirmed(PlacementCommand.ConfirmedBy answer) {
    confirmations.by(answer.node(), answer.asked());
    renew(agents.seats());
  }

  void gone(String node) {
    confirmations.gone(node);
    unanswered.remove(node);
  }

  private void renew(List<Agents.Seat> seats) {
    confirmations.since(seats, tenure.now()).ifPresent(tenure::confirmed);
    if (held != tenure.isHeld()) {
      held = !held;
      if (held) {
        LOG.info("the larger part of the nodes counts this one again: it serves its tenants");
      } else {
        LOG.warn(
            "the larger part of the nodes has not confirmed this one for too long and may have"
                + " given it up: it refuses what comes for its tenants until it is confirmed");
      }
    }
  }

  /** Confirms a node, unless it may be given up without another word from it. */
  void answer(PlacementCommand.Confirm question) {
    if (agents.seats().contains(new Agents.Seat(question.node(), true))) {
      question.replyTo().tell(new PlacementReply.Confirmed(agents.self(), question.asked()));
    }
  }
}
