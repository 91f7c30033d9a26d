package io.atoll.tenant;

import io.atoll.plan.Plans;
import io.atoll.quota.QuotaUsage;
import io.atoll.tenant.TenantState.Present;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** Gives the answers that decisions ask for. */
final class Replies {
  private final TenantCore core;
  private final DirectoryOutbox outbox;
  private final Purge purge;

  Replies(TenantCore core, DirectoryOutbox outbox, Purge purge) {
    this.core = core;
    this.outbox = outbox;
    this.purge = purge;
  }

  /** Answers by the state as it is after the decision's events. */
  void answer(
      TenantState state,
      @Nullable Service service,
      Decision.Answer answer,
      Duration delay,
      ActorRef<TenantReply> replyTo) {
    switch (answer) {
      case Decision.Say say -> tell(replyTo, say.reply(), Duration.ZERO);
      case Decision.DescribeNow describe ->
          tell(replyTo, new TenantReply.Described(view(present(state), service)), Duration.ZERO);
      case Decision.Describe describe -> {
        TenantView view = view(present(state), service);
        whenListed(present(state), view, new TenantReply.Described(view), delay, replyTo);
      }
      case Decision.AcceptListed accept ->
          whenListed(
              present(state),
              view(present(state), service),
              new TenantReply.Accepted(),
              delay,
              replyTo);
      case Decision.DescribeCreated created -> tell(replyTo, described(created), Duration.ZERO);
      case Decision.ListKeys list ->
          tell(replyTo, keys(present(state).tenant().keys(), service), Duration.ZERO);
      case Decision.AcceptPurged accept -> purge.await(replyTo);
    }
  }

  /** The tenant with what is known of it in memory. */
  TenantView view(Present state, @Nullable Service service) {
    long lastUsedAt = state.tenant().lastUsedAt();
    Plans plans = core.environment().plans().get();
    return service == null
        ? TenantViews.view(core.tenantId(), state, plans, 0, lastUsedAt)
        : TenantViews.view(
            core.tenantId(),
            state,
            plans,
            service.account().bytes(),
            Math.max(lastUsedAt, service.uses().lastUsedAt()));
  }

  /** Live figures of the tenant. */
  TenantReply stats(Present state, Service service) {
    QuotaUsage usage = service.usage(state);
    return new TenantReply.StatsRead(
        core.tenantId(), usage.usage(), service.tracker().quotas(), usage.utilization());
  }

  private void whenListed(
      Present state,
      TenantView view,
      TenantReply reply,
      Duration delay,
      ActorRef<TenantReply> replyTo) {
    if (outbox.holds(state)) {
      tell(replyTo, reply, delay);
    } else {
      outbox.offer(
          view,
          state,
          listed ->
              tell(replyTo, listed ? reply : new TenantReply.Refused(Refusals.UNAVAILABLE), delay));
    }
  }

  private TenantReply described(Decision.DescribeCreated created) {
    return new TenantReply.Described(
        TenantViews.created(
            core.tenantId(),
            created.spec(),
            created.createdAt(),
            core.environment().plans().get()));
  }

  private TenantReply keys(KeyRing ring, @Nullable Service service) {
    return new TenantReply.KeysListed(
        TenantViews.keys(
            core.tenantId(),
            ring,
            keyId -> {
              long known = ring.lastUsedAt(keyId);
              return service == null ? known : service.uses().lastUse(keyId, known);
            }));
  }

  private void tell(ActorRef<TenantReply> replyTo, TenantReply reply, Duration delay) {
    if (delay.isZero()) {
      replyTo.tell(reply);
    } else {
      core.context().scheduleOnce(delay, core.self(), new TenantSignal.Answer(replyTo, reply));
    }
  }

  private static Present present(TenantState state) {
    if (state instanceof Present present) {
      return present;
    }
    throw new IllegalStateException("only a tenant that exists can be described");
  }
}
