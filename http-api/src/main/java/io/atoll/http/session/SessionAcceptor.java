package io.atoll.http.session;

import io.atoll.access.TenantId;
import io.atoll.http.credential.CredentialCheck;
import io.atoll.http.credential.CredentialCheck.Verdict;
import io.atoll.http.credential.CredentialHeaders;
import io.atoll.http.credential.CredentialHeaders.Found;
import io.atoll.http.credential.Principal;
import io.atoll.http.listener.Arrival;
import io.atoll.http.problem.Problems;
import io.atoll.http.socket.SocketAcceptor;
import io.atoll.http.socket.SocketDecision;
import io.atoll.http.socket.SocketRequest;
import io.atoll.refusal.ErrorCode;
import io.atoll.refusal.Refusal;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.StreamSupport;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.jspecify.annotations.Nullable;

/**
 * Lets upgrades in: with a good credential, or without one for a client that cannot send headers
 * and has to bring it in the first frame. An operator may name a tenant for the requests that name
 * none.
 */
public final class SessionAcceptor implements SocketAcceptor {
  private static final String TENANT_HEADER = "X-Atoll-Tenant";
  private static final Refusal STOPPING =
      Refusal.of(ErrorCode.UNAVAILABLE, "the node restarts; another one answers");

  private final Sessions sessions;
  private final CredentialCheck credentials;

  public SessionAcceptor(Sessions sessions, CredentialCheck credentials) {
    this.sessions = sessions;
    this.credentials = credentials;
  }

  @Override
  public CompletionStage<SocketDecision> decide(SocketRequest request) {
    if (!sessions.isOpen()) {
      return done(refuse(request, STOPPING));
    }
    return switch (CredentialHeaders.find(request.http(), target(request))) {
      case Found.Missing missing -> done(admit(request, null));
      case Found.Malformed malformed -> done(refuse(request, malformed.refusal()));
      case Found.Text text ->
          credentials
              .check(text.credential(), request.client())
              .thenApply(verdict -> judged(request, verdict));
    };
  }

  private SocketDecision judged(SocketRequest request, Verdict verdict) {
    return switch (verdict) {
      case Verdict.Known known -> admit(request, known.principal());
      case Verdict.Refused refused -> refuse(request, refused.refusal());
    };
  }

  private SocketDecision admit(SocketRequest request, @Nullable Principal holder) {
    List<String> named = tenantNames(request);
    if (named.isEmpty()) {
      return accept(holder);
    }
    if (holder == null || !holder.isAdmin()) {
      return refuse(
          request, Refusal.of(ErrorCode.FORBIDDEN, "only the admin key may name a tenant"));
    }
    String tenantId = named.getFirst();
    if (named.size() > 1 || !TenantId.isValid(tenantId)) {
      return refuse(
          request, Refusal.of(ErrorCode.INVALID_REQUEST, TENANT_HEADER + " must be one tenant id"));
    }
    return accept(new Principal(holder.caller(), tenantId, holder.scopes(), holder.expiresAt()));
  }

  private SocketDecision accept(@Nullable Principal holder) {
    return new SocketDecision.Accept(sessions.session(holder));
  }

  private static SocketDecision refuse(SocketRequest request, Refusal refusal) {
    return new SocketDecision.Refuse(Problems.response(refusal, request.requestId()));
  }

  private static List<String> tenantNames(SocketRequest request) {
    return StreamSupport.stream(request.http().getHeaders().spliterator(), false)
        .filter(header -> header.name().equalsIgnoreCase(TENANT_HEADER))
        .map(HttpHeader::value)
        .toList();
  }

  private static String target(SocketRequest request) {
    return Arrival.of(request.http()).target();
  }

  private static CompletionStage<SocketDecision> done(SocketDecision decision) {
    return CompletableFuture.completedFuture(decision);
  }
}
