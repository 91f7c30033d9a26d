package io.atoll.refusal;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

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

  private static final Map<String, ErrorCode> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(ErrorCode::name, Function.identity()));

  private final int status;

  ErrorCode(int status) {
    this.status = status;
  }

  public static Optional<ErrorCode> byName(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** The HTTP status that goes with the code everywhere. */
  public int status() {
    return status;
  }
}
