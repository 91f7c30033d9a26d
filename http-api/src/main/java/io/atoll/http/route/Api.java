package io.atoll.http.route;

import io.atoll.http.EdgeMetrics;
import io.atoll.http.gateway.TenantGateway;
import io.atoll.http.listener.Arrival;
import io.atoll.quota.RateStatus;
import io.atoll.refusal.ErrorCode;
import io.atoll.refusal.Refusal;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole HTTP API as one function. Whatever goes wrong becomes a problem document: the stage
 * never fails, and a fault tells the client nothing but that there was one.
 */
final class Api implements Function<HttpRequest, CompletionStage<HttpResponse>> {
  private static final Logger LOG = LoggerFactory.getLogger(Api.class);
  private static final Refusal NO_PATH =
      Refusal.of(ErrorCode.NOT_FOUND, "there is nothing at this path");
  private static final Refusal FAULT =
      Refusal.of(ErrorCode.UNAVAILABLE, "the request could not be answered");

  private final RouteTable table;
  private final Guard guard;
  private final TenantGateway gateway;
  private final EdgeMetrics metrics;

  Api(RouteTable table, Guard guard, TenantGateway gateway, EdgeMetrics metrics) {
    this.table = table;
    this.guard = guard;
    this.gateway = gateway;
    this.metrics = metrics;
  }

  @Override
  public CompletionStage<HttpResponse> apply(HttpRequest request) {
    Arrival arrival = Arrival.of(request);
    RouteTable.Match match = table.find(path(arrival.target()));
    if (match == null) {
      return unserved(new Call(request, arrival, List.of()), call -> done(refused(call, NO_PATH)));
    }
    Call call = new Call(request, arrival, match.names());
    Handler handler = match.endpoint().methods().get(request.method().name());
    if (handler == null) {
      return unserved(call, it -> done(methodNotAllowed(it, match.endpoint())));
    }
    return call(call, handler);
  }

  private CompletionStage<HttpResponse> call(Call call, Handler handler) {
    try {
      return handler
          .handle(call)
          .handle((response, failure) -> settle(call, response, failure))
          .thenCompose(response -> rated(call, response));
    } catch (RuntimeException failure) {
      return rated(call, settle(call, null, failure));
    }
  }

  /** What is not served is answered to everybody, and tells a tenant's caller the rate. */
  private CompletionStage<HttpResponse> unserved(Call call, Handler answer) {
    return call(call, isData(call) ? guard.anybody(answer) : answer);
  }

  /**
   * The response with the tenant's operations rate. A tenant that is silent is not asked about it.
   */
  private CompletionStage<HttpResponse> rated(Call call, HttpResponse response) {
    String tenantId = call.tenantIdIfKnown();
    if (tenantId == null || !isData(call) || response.getHeader("RateLimit").isPresent()) {
      return done(response);
    }
    RateStatus last = gateway.lastRate(tenantId);
    boolean silent = response.status().intValue() == ErrorCode.UNAVAILABLE.status();
    return last != null || silent
        ? done(Answers.withRate(response, last))
        : gateway.rate(tenantId).thenApply(rate -> Answers.withRate(response, rate.orElse(null)));
  }

  private static boolean isData(Call call) {
    return call.arrival().target().startsWith("/v1/");
  }

  private HttpResponse settle(
      Call call, @Nullable HttpResponse response, @Nullable Throwable failure) {
    if (response != null) {
      return response;
    }
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof RefusedException refused) {
      return refused(call, refused.refusal());
    }
    LOG.error("request {} failed", call.requestId(), cause);
    return refused(call, FAULT);
  }

  private HttpResponse methodNotAllowed(Call call, RouteTable.Endpoint endpoint) {
    Refusal refusal =
        Refusal.of(ErrorCode.METHOD_NOT_ALLOWED, "this path answers " + endpoint.allow());
    return refused(call, refusal).addHeader(RawHeader.create("Allow", endpoint.allow()));
  }

  private HttpResponse refused(Call call, Refusal refusal) {
    metrics.error(call.tenantIdIfKnown(), null, refusal.code().name());
    return Answers.refused(call, refusal);
  }

  private static String path(String target) {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  private static CompletionStage<HttpResponse> done(HttpResponse response) {
    return CompletableFuture.completedFuture(response);
  }
}
