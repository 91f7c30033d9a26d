package io.atoll.refusal;

/** Why a request was refused or failed: the {@code code} of the API, with its HTTP status. */
public enum ErrorCode {
  INVALID_REQUEST(400),
  UNAUTHENTICATED(401),
  FORBIDDEN(403),
  TENANT_SUSPENDED(403),
  QUOTA_EXCEEDED(403),
  TENANT_NOT_FOUND(404),
  MAP_NOT_FOUND(404),
  KEY_NOT_FOUND(404),
  TOPIC_NOT_FOUND(404),
  NOT_FOUND(404),
  METHOD_NOT_ALLOWED(405),
  REQUEST_TIMEOUT(408),
  TENANT_EXISTS(409),
  TOPIC_EXISTS(409),
  CONFLICT(409),
  TENANT_DELETED(410),
  VERSION_MISMATCH(412),
  PAYLOAD_TOO_LARGE(413),
  URI_TOO_LONG(414),
  UNSUPPORTED_MEDIA_TYPE(415),
  RATE_LIMITED(429),
  HEADERS_TOO_LARGE(431),
  INTERNAL(500),
  UNAVAILABLE(503);

  private final int status;

  ErrorCode(int status) {
    this.status = status;
  }

  /** The HTTP status that goes with the code everywhere. */
  public int status() {
    return status;
  }
}
