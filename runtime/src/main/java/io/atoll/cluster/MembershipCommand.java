package io.atoll.cluster;

import io.atoll.formation.Formation;
import java.util.List;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;

/** What the agent of the membership does. */
sealed interface MembershipCommand {
  /** Looks what the store knows. */
  record Look() implements MembershipCommand {}

  /** The store does not hold what the process before this one has said. */
  record Forgotten() implements MembershipCommand {}

  /** The store knows this. */
  record Found(Formation formation) implements MembershipCommand {}

  /** The node is up in a cluster in which these were up before it; none when it has formed it. */
  record IsUp(List<String> older) implements MembershipCommand {
    public IsUp {
      older = List.copyOf(older);
    }
  }

  /** Whether the cluster that the node has formed got the number after this one. */
  record Formed(long last, boolean granted) implements MembershipCommand {}

  /** The store has been told that the node is alive, and of which cluster. */
  record Said() implements MembershipCommand {}

  /** The store does not answer. */
  record Failed(Throwable failure) implements MembershipCommand {}

  /** The node leaves; answered once the store knows. */
  record End(ActorRef<Done> replyTo) implements MembershipCommand {}

  /** The store knows that the node has left, or cannot be told. */
  record Ended(ActorRef<Done> replyTo) implements MembershipCommand {}
}
