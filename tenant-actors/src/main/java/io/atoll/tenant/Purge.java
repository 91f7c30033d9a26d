package io.atoll.tenant;

import io.atoll.map.History;
import io.atoll.tenant.TenantState.Purging;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Erases all that a tenant has but its own stream, step by step. Every step may be repeated, so a
 * purge that was cut off is simply begun again.
 */
final class Purge {
  private final TenantCore core;

  /** Empty, and not to be changed, while nobody waits. */
  private List<ActorRef<TenantReply>> waiting = List.of();

  private boolean underWay;

  Purge(TenantCore core) {
    this.core = core;
  }

  /** Answers once nothing is left of the tenant. */
  void await(ActorRef<TenantReply> replyTo) {
    if (waiting.isEmpty()) {
      waiting = new ArrayList<>(1);
    }
    waiting.add(replyTo);
  }

  /** Starts to erase, unless that is under way. */
  void start(Purging state) {
    if (underWay) {
      return;
    }
    underWay = true;
    core.context()
        .pipeToSelf(
            erase(state).thenApply(done -> Done.getInstance()),
            (done, failure) ->
                failure == null
                    ? new TenantSignal.Erased()
                    : new TenantSignal.EraseFailed(failure.toString()));
  }

  private CompletionStage<Void> erase(Purging state) {
    TenantEnvironment environment = core.environment();
    History history = environment.history();
    String tenantId = core.tenantId();
    long incarnation = state.incarnation();
    CompletionStage<Void> erased = CompletableFuture.completedStage(null);
    for (String map : state.tenant().maps().keySet()) {
      String stream = PersistenceIds.map(tenantId, incarnation, map);
      erased = erased.thenCompose(done -> history.erase(stream));
    }
    return erased
        .thenCompose(done -> history.erase(PersistenceIds.ledger(tenantId, incarnation)))
        .thenCompose(done -> environment.usageTable().erase(tenantId, incarnation))
        .thenCompose(
            done -> environment.directory().remove(tenantId, TenantViews.lastListing(incarnation)));
  }

  /** Something could not be erased: it is tried again, and those who wait are told. */
  void failed(String reason) {
    underWay = false;
    core.context().getLog().error("tenant {} cannot be purged: {}", core.tenantId(), reason);
    tellAll(new TenantReply.Refused(Refusals.UNAVAILABLE));
    core.later(new TenantSignal.EraseAgain(), core.settings().retryAfterFailure());
  }

  /** Nothing is left. */
  void done() {
    underWay = false;
    tellAll(new TenantReply.Accepted());
  }

  private void tellAll(TenantReply reply) {
    waiting.forEach(replyTo -> replyTo.tell(reply));
    waiting = List.of();
  }
}
