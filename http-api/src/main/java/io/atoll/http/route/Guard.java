package io.atoll.http.route;

import io.atoll.access.Scope;
import io.atoll.access.TenantId;
import io.atoll.http.credential.CredentialCheck.Verdict;
import io.atoll.http.credential.CredentialHeaders;
import io.atoll.http.credential.CredentialHeaders.Found;
import io.atoll.http.credential.Credentials;
import io.atoll.http.credential.Principal;
import io.atoll.refusal.ErrorCode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;

/** Lets calls pass to a handler whose caller may make them. */
final class Guard {
  private static final String TENANT_HEADER = "X-Atoll-Tenant";

  private final Credentials credentials;

  Guard(Credentials credentials) {
    this.credentials = credentials;
  }

  /** Data of the caller's tenant: the scope is needed, and the admin key names the tenant. */
  Handler data(Scope scope, Handler handler) {
    return call ->
        found(call, false).thenCompose(principal -> onData(call, principal, scope, handler));
  }

  /** Data of the caller's tenant, where the handler itself looks at the scopes. */
  Handler anyData(Handler handler) {
    return call ->
        found(call, false).thenCompose(principal -> onData(call, principal, null, handler));
  }

  /** The operator only. */
  Handler operator(Handler handler) {
    return call ->
        found(call, true)
            .thenCompose(principal -> {
              call.identify(principal, null);
              if (!principal.isAdmin()) {
                throw forbidden("this needs the admin key");
              }
              return handler.handle(call);
            });
  }

  /**
   * The tenant that the path names first: the operator, or a credential of that very tenant with
   * the scope admin. Another's tenant is answered as a missing one.
   */
  Handler tenant(Handler handler) {
    return call -> found(call, true).thenCompose(principal -> onTenant(call, principal, handler));
  }

  /** As {@link #tenant}, for what a tenant may not do to itself. */
  Handler tenantByOperator(Handler handler) {
    return tenant(call -> {
      if (!call.principal().isAdmin()) {
        throw forbidden("this needs the admin key");
      }
      return handler.handle(call);
    });
  }

  /** Whoever calls; the caller and the tenant are known as far as the credential says. */
  Handler anybody(Handler handler) {
    return call ->
        found(call, false)
            .thenAccept(principal -> identify(call, principal))
            .handle((identified, failure) -> failure)
            .thenCompose(failure -> {
              passOver(failure);
              return handler.handle(call);
            });
  }

  /** A credential that is refused leaves nobody known; a fault is one. */
  private static void passOver(@Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause != null && !(cause instanceof RefusedException)) {
      throw new CompletionException(cause);
    }
  }

  private static CompletionStage<HttpResponse> onTenant(
      Call call, Principal principal, Handler handler) {
    String id = call.name(0);
    if (!principal.isAdmin() && !id.equals(principal.tenantId())) {
      throw missingTenant();
    }
    call.identify(principal, principal.isAdmin() ? id : principal.tenantId());
    if (!principal.may(Scope.ADMIN)) {
      throw forbidden("the credential lacks the scope admin");
    }
    refuseTenantHeader(call, principal);
    if (!TenantId.isValid(id)) {
      throw missingTenant();
    }
    return handler.handle(call);
  }

  private static CompletionStage<HttpResponse> onData(
      Call call, Principal principal, @Nullable Scope scope, Handler handler) {
    identify(call, principal);
    if (scope != null && !principal.may(scope)) {
      throw forbidden("the credential lacks the scope " + scope.apiName());
    }
    return handler.handle(call);
  }

  /** The tenant is known even when the request may not name one. */
  private static void identify(Call call, Principal principal) {
    call.identify(principal, principal.tenantId());
    call.identify(principal, tenantOf(call, principal));
  }

  private static String tenantOf(Call call, Principal principal) {
    String own = principal.tenantId();
    if (own != null) {
      refuseTenantHeader(call, principal);
      return own;
    }
    String named = call.header(TENANT_HEADER);
    if (named == null) {
      throw RefusedException.invalid("with the admin key the header X-Atoll-Tenant is needed");
    }
    if (!TenantId.isValid(named)) {
      throw missingTenant();
    }
    return named;
  }

  private static void refuseTenantHeader(Call call, Principal principal) {
    if (!principal.isAdmin() && call.header(TENANT_HEADER) != null) {
      throw forbidden("only the admin key may name a tenant");
    }
  }

  private CompletionStage<Principal> found(Call call, boolean anew) {
    return switch (CredentialHeaders.find(call.request(), call.arrival().target())) {
      case Found.Missing() ->
          CompletableFuture.failedFuture(new RefusedException(Credentials.missing()));
      case Found.Malformed(var refusal) ->
          CompletableFuture.failedFuture(new RefusedException(refusal));
      case Found.Text(var credential) -> check(call, credential, anew).thenApply(Guard::principal);
    };
  }

  private CompletionStage<Verdict> check(Call call, String credential, boolean anew) {
    return anew
        ? credentials.checkAnew(credential, call.arrival().client())
        : credentials.check(credential, call.arrival().client());
  }

  private static Principal principal(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Known(var principal) -> principal;
      case Verdict.Refused(var refusal) -> throw new RefusedException(refusal);
    };
  }

  static RefusedException missingTenant() {
    return RefusedException.of(ErrorCode.TENANT_NOT_FOUND, "there is no such tenant");
  }

  private static RefusedException forbidden(String detail) {
    return RefusedException.of(ErrorCode.FORBIDDEN, detail);
  }
}
