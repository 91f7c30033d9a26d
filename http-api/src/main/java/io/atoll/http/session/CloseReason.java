package io.atoll.http.session;

import io.atoll.http.socket.CloseCode;
import io.atoll.refusal.ErrorCode;
import io.atoll.tenant.SessionNotice;

/** With which close code a session ends. */
final class CloseReason {
  /** The server cannot serve the session now; later it may. */
  static final int TRY_AGAIN_LATER = 1013;

  /** The session has run into a fault of the server. */
  static final int INTERNAL_ERROR = 1011;

  private CloseReason() {}

  /** The code for a session that was refused for this reason. */
  static int of(ErrorCode refusal) {
    return switch (refusal) {
      case UNAUTHENTICATED -> CloseCode.UNAUTHENTICATED;
      case FORBIDDEN, TENANT_SUSPENDED, TENANT_DELETED, TENANT_NOT_FOUND -> CloseCode.REVOKED;
      case QUOTA_EXCEEDED -> CloseCode.CONNECTION_QUOTA;
      case INVALID_REQUEST, PAYLOAD_TOO_LARGE -> CloseCode.MALFORMED;
      case MAP_NOT_FOUND,
          KEY_NOT_FOUND,
          TOPIC_NOT_FOUND,
          NOT_FOUND,
          METHOD_NOT_ALLOWED,
          REQUEST_TIMEOUT,
          TENANT_EXISTS,
          TOPIC_EXISTS,
          CONFLICT,
          VERSION_MISMATCH,
          URI_TOO_LONG,
          UNSUPPORTED_MEDIA_TYPE,
          RATE_LIMITED,
          HEADERS_TOO_LARGE,
          INTERNAL,
          UNAVAILABLE ->
          TRY_AGAIN_LATER;
    };
  }

  /** The code for a session that its tenant has ended. */
  static int of(SessionNotice.Reason reason) {
    return switch (reason) {
      case SUSPENDED, DELETED, KEY_REVOKED -> CloseCode.REVOKED;
      case KEY_EXPIRED -> CloseCode.UNAUTHENTICATED;
    };
  }

  /** What is said with the code. */
  static String text(SessionNotice.Reason reason) {
    return switch (reason) {
      case SUSPENDED -> "the tenant is suspended";
      case DELETED -> "the tenant is deleted";
      case KEY_REVOKED -> "the key was revoked";
      case KEY_EXPIRED -> "the key has expired";
    };
  }
}
