package io.atoll.http.session;

import io.atoll.access.Scope;
import io.atoll.http.credential.Principal;
import io.atoll.map.Operation;
import io.atoll.refusal.ErrorCode;
import io.atoll.refusal.Refusal;
import io.atoll.tenant.Caller;

/** What of which tenant a session's holder may ask for. */
final class Access {
  private Access() {}

  /** What a request comes to: its tenant, or why it is refused. */
  sealed interface Decision {
    record Granted(String tenantId) implements Decision {}

    record Refused(Refusal refusal) implements Decision {}
  }

  /**
   * The tenant of a request is the one that the credential is for, or the one that the request of
   * an admin names. What others name is refused, whichever tenant it is.
   */
  static Decision decide(Principal holder, Request.OnTenant request) {
    boolean admin = holder.caller().kind() == Caller.Kind.ADMIN;
    String named = request.tenant();
    if (named != null && !admin) {
      return refused(ErrorCode.FORBIDDEN, "only the admin key names a tenant");
    }
    Scope needed = scope(request);
    if (!admin && !holder.scopes().contains(needed)) {
      return refused(ErrorCode.FORBIDDEN, "the credential lacks the scope " + needed.apiName());
    }
    String tenantId = named == null ? holder.tenantId() : named;
    return tenantId == null
        ? refused(ErrorCode.INVALID_REQUEST, "tenant is missing: the admin key names one")
        : new Decision.Granted(tenantId);
  }

  private static Decision refused(ErrorCode code, String detail) {
    return new Decision.Refused(Refusal.of(code, detail));
  }

  private static Scope scope(Request.OnTenant request) {
    return switch (request) {
      case Request.Watch watch -> Scope.READ;
      case Request.Data data -> scope(data.operation());
    };
  }

  private static Scope scope(Operation operation) {
    return switch (operation) {
      case Operation.Get get -> Scope.READ;
      case Operation.Scan scan -> Scope.READ;
      case Operation.ListMaps list -> Scope.READ;
      case Operation.Set set -> Scope.WRITE;
      case Operation.Delete delete -> Scope.WRITE;
      case Operation.DropMap drop -> Scope.WRITE;
    };
  }
}
