package io.atoll.http.route;

import io.atoll.http.gateway.TenantGateway;
import io.atoll.map.Idempotency;
import io.atoll.tenant.HotTenants;
import io.atoll.tenant.TenantCommand;
import io.atoll.tenant.TenantReply;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Asks the tenant of a call and turns its reply into the response. */
final class Tenants {
  private final TenantGateway gateway;
  private final HotTenants hot;

  Tenants(TenantGateway gateway, HotTenants hot) {
    this.gateway = gateway;
    this.hot = hot;
  }

  <T extends TenantReply> CompletionStage<HttpResponse> ask(
      String tenantId,
      Function<ActorRef<TenantReply>, TenantCommand.Public> question,
      Class<T> kind,
      Function<T, HttpResponse> response) {
    return gateway
        .ask(tenantId, question)
        .thenApply(reply -> Answers.expect(reply, kind, response));
  }

  /** Lets a tenant id keep the promise; fails with the refusal when it is broken. */
  CompletionStage<Void> promised(String tenantId, Idempotency promise) {
    return gateway
        .ask(tenantId, replyTo -> new TenantCommand.Promise(promise, replyTo))
        .thenAccept(reply -> {
          if (reply instanceof TenantReply.Refused refused) {
            throw new RefusedException(refused.refusal());
          }
        });
  }

  boolean isHot(String tenantId) {
    return hot.contains(tenantId);
  }

  TenantGateway gateway() {
    return gateway;
  }
}
