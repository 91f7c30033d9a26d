package io.atoll.reload;

import io.atoll.http.Configuration.Reload;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** What the agent of a node is told: by the agents' users on any node, or by itself. */
sealed interface ReloadCommand {
  /** What comes from other nodes as well. */
  sealed interface Remote extends ReloadCommand {}

  /** Plans were stored, as this revision: it is time to look. */
  record PlansStored(long revision, ActorRef<ReloadReply> replyTo) implements Remote {}

  /** Reads again what the scope names. */
  record ReadAgain(Reload scope, ActorRef<ReloadReply> replyTo) implements Remote {}

  /** The agent looks at the stored plans by itself. */
  record LookAtPlans() implements ReloadCommand {}

  /** Such a look is over; what went wrong, if anything. */
  record Looked(@Nullable Throwable failure) implements ReloadCommand {}

  /** The agent looks at the configuration file by itself. */
  record LookAtFile() implements ReloadCommand {}
}
