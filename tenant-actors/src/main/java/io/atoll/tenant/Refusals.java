package io.atoll.tenant;

import io.atoll.refusal.ErrorCode;
import io.atoll.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/** The refusals that a tenant gives for its own reasons; each is one constant value. */
final class Refusals {
  static final Refusal TENANT_NOT_FOUND =
      Refusal.of(ErrorCode.TENANT_NOT_FOUND, "there is no such tenant");
  static final Refusal TENANT_EXISTS =
      Refusal.of(ErrorCode.TENANT_EXISTS, "there is a tenant with this id");
  static final Refusal TENANT_DELETED =
      Refusal.of(ErrorCode.TENANT_DELETED, "the tenant was deleted");
  static final Refusal TENANT_SUSPENDED =
      Refusal.of(ErrorCode.TENANT_SUSPENDED, "the tenant is suspended");
  static final Refusal UNAUTHENTICATED =
      Refusal.of(ErrorCode.UNAUTHENTICATED, "the credential is not valid");
  static final Refusal IDEMPOTENCY_CONFLICT =
      Refusal.of(ErrorCode.CONFLICT, "the idempotency key was used with another request before");
  static final Refusal MAP_NOT_FOUND = Refusal.of(ErrorCode.MAP_NOT_FOUND, "there is no such map");
  static final Refusal ENTRY_NOT_FOUND =
      Refusal.of(ErrorCode.KEY_NOT_FOUND, "the map has no entry with this key");
  static final Refusal VERSION_MISMATCH =
      Refusal.of(ErrorCode.VERSION_MISMATCH, "the version is another one");
  static final Refusal API_KEY_NOT_FOUND =
      Refusal.of(ErrorCode.KEY_NOT_FOUND, "there is no such API key");
  static final Refusal ACTION_NOT_FOUND =
      Refusal.of(ErrorCode.NOT_FOUND, "there is no such action limit");

  static final Refusal UNAVAILABLE =
      Refusal.of(ErrorCode.UNAVAILABLE, "the tenant cannot answer now; try again");

  private Refusals() {}

  /** Why a tenant in this state serves no data; null if it does. */
  static @Nullable Refusal ofLife(TenantState state) {
    return switch (state) {
      case TenantState.Absent absent -> TENANT_NOT_FOUND;
      case TenantState.Active active -> null;
      case TenantState.Suspended suspended -> TENANT_SUSPENDED;
      case TenantState.Deleted deleted -> TENANT_DELETED;
      case TenantState.Purging purging -> TENANT_DELETED;
    };
  }
}
