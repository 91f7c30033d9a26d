package io.atoll.placement;

import java.time.Duration;
import java.util.List;
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

  /** Without a look at the time for so long the node stood still. */
  private static final long STANDSTILL = Duration.ofSeconds(2).toNanos();

  /** A node of an older version cannot read what it is asked, and says so in its log. */
  private static final int SELDOM = 10;

  private static final Logger LOG = LoggerFactory.getLogger(TenureRenewal.class);

  private final Agents agents;
  private final Tenure tenure;
  private final Confirmations confirmations;
  private final ActorRef<PlacementReply.Confirmed> answers;
  private boolean held = true;
  private long lastAsked;

  TenureRenewal(ActorContext<PlacementCommand> context, Agents agents, Tenure tenure) {
    this.agents = agents;
    this.tenure = tenure;
    this.confirmations = new Confirmations(agents.self());
    this.lastAsked = tenure.now();
    this.answers =
        context.messageAdapter(
            PlacementReply.Confirmed.class,
            confirmed -> new PlacementCommand.ConfirmedBy(confirmed.node(), confirmed.asked()));
  }

  /** Asks all, once this node is one of them. */
  void ask() {
    long now = tenure.now();
    if (now - lastAsked > STANDSTILL) {
      confirmations.startOver();
    }
    lastAsked = now;
    List<Agents.Seat> seats = agents.seats();
    if (seats.stream().anyMatch(seat -> seat.node().equals(agents.self()) && seat.isMember())) {
      tenure.begin();
      PlacementCommand.Confirm question = new PlacementCommand.Confirm(agents.self(), now, answers);
      seats.stream()
          .map(Agents.Seat::node)
          .filter(node -> !node.equals(agents.self()) && isToBeAsked(node))
          .forEach(node -> agents.tell(node, question));
    }
    renew(seats);
  }

  private boolean isToBeAsked(String node) {
    int before = confirmations.asks(node);
    return before <= Confirmations.PATIENCE || before % SELDOM == 0;
  }

  void confirmed(PlacementCommand.ConfirmedBy answer) {
    confirmations.by(answer.node(), answer.asked());
    renew(agents.seats());
  }

  void gone(String node) {
    confirmations.gone(node);
  }

  private void renew(List<Agents.Seat> seats) {
    if (agents.isNoMember()) {
      tenure.end();
      return;
    }
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
    boolean counts =
        agents.seats().stream()
            .filter(seat -> seat.node().equals(question.node()))
            .anyMatch(seat -> seat.isMember() && seat.reachable());
    if (counts) {
      question.replyTo().tell(new PlacementReply.Confirmed(agents.self(), question.asked()));
    }
  }
}
