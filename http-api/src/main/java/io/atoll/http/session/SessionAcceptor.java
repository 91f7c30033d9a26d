package io.atoll.http.session;

import io.atoll.http.credential.CredentialCheck;
import io.atoll.http.credential.CredentialCheck.Verdict;
import io.atoll.http.credential.CredentialHeaders;
import io.atoll.http.credential.CredentialHeaders.Found;
import io.atoll.http.listener.Arrival;
import io.atoll.http.problem.Problems;
import io.atoll.http.socket.SocketAcceptor;
import io.atoll.http.socket.SocketDecision;
import io.atoll.http.socket.SocketRequest;
import io.atoll.refusal.ErrorCode;
import io.atoll.refusal.Refusal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Makes sessions of upgrade requests. A credential in the headers is checked before the upgrade,
 * and a bad one is an HTTP answer; without one the first frame has to bring it.
 */
public final class SessionAcceptor implements SocketAcceptor {
  private static final Refusal STOPPING = Refusal.of(ErrorCode.UNAVAILABLE, "the node is stopping");

  private final Sessions sessions;
  private final CredentialCheck credentials;

  public SessionAcceptor(Sessions sessions, CredentialCheck credentials) {
    this.sessions = sessions;
    this.credentials = credentials;
  }

  @Override
  public CompletionStage<SocketDecision> decide(SocketRequest request) {
    if (!sessions.isOpen()) {
      return CompletableFuture.completedFuture(refuse(request, STOPPING));
    }
    String target = Arrival.of(request.http()).target();
    return switch (CredentialHeaders.find(request.http(), target)) {
      case Found.Missing() ->
          CompletableFuture.completedFuture(new SocketDecision.Accept(sessions.session(null)));
      case Found.Malformed(var refusal) ->
          CompletableFuture.completedFuture(refuse(request, refusal));
      case Found.Text(var credential) ->
          credentials
              .check(credential, request.client())
              .thenApply(verdict -> decide(request, verdict));
    };
  }

  private SocketDecision decide(SocketRequest request, Verdict verdict) {
    return switch (verdict) {
      case Verdict.Known(var principal) -> new SocketDecision.Accept(sessions.session(principal));
      case Verdict.Refused(var refusal) -> refuse(request, refusal);
    };
  }

  private static SocketDecision refuse(SocketRequest request, Refusal refusal) {
    return new SocketDecision.Refuse(Problems.response(refusal, request.requestId()));
  }
}
