package io.atoll.http.listener;

/**
 * What the listener itself refuses, before a request reaches the API. The connection is closed
 * afterwards, because what follows on it cannot be trusted.
 */
enum EdgeRefusal {
  MALFORMED(400, "INVALID_REQUEST", "Invalid request", "the request is not well-formed HTTP/1.1"),
  HOST(400, "INVALID_REQUEST", "Invalid request", "exactly one Host header is needed"),
  FRAMING(
      400, "INVALID_REQUEST", "Invalid request", "Content-Length and Transfer-Encoding disagree"),
  TARGET(400, "INVALID_REQUEST", "Invalid request", "the request target is not a valid path"),
  TIMEOUT(408, "INVALID_REQUEST", "Request timeout", "the request did not arrive in time"),
  BODY_SIZE(413, "PAYLOAD_TOO_LARGE", "Payload too large", "the body is above the limit"),
  URI_SIZE(414, "INVALID_REQUEST", "URI too long", "the request target is above the limit"),
  CODING(415, "UNSUPPORTED_MEDIA_TYPE", "Unsupported media type", "only Content-Encoding identity"),
  EXPECTATION(417, "INVALID_REQUEST", "Expectation failed", "only Expect: 100-continue is known"),
  HEADER_SIZE(431, "INVALID_REQUEST", "Header fields too large", "the headers are above the limit"),
  FAULT(503, "UNAVAILABLE", "Unavailable", "the request could not be answered"),
  CONNECTIONS(503, "UNAVAILABLE", "Unavailable", "too many connections");

  final int status;
  private final String code;
  private final String title;
  private final String detail;

  EdgeRefusal(int status, String code, String title, String detail) {
    this.status = status;
    this.code = code;
    this.title = title;
    this.detail = detail;
  }

  /** The problem document; every part of it is a constant or a safe request id. */
  String body(String requestId) {
    return "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\",\"code\":\"%s\",\"requestId\":\"%s\"}"
        .formatted(title, status, detail, code, requestId);
  }
}
