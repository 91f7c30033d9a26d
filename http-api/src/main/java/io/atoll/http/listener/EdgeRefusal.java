package io.atoll.http.listener;

import java.nio.charset.StandardCharsets;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

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
  HANDSHAKE(400, "INVALID_REQUEST", "Invalid request", "the WebSocket handshake is not complete"),
  SUBPROTOCOL(
      400, "INVALID_REQUEST", "Invalid request", "the only WebSocket subprotocol is atoll.v1.json"),
  ORIGIN(403, "FORBIDDEN", "Forbidden", "this origin may not open a WebSocket here"),
  TIMEOUT(408, "REQUEST_TIMEOUT", "Request timeout", "the request did not arrive in time"),
  BODY_SIZE(413, "PAYLOAD_TOO_LARGE", "Payload too large", "the body is above the limit"),
  URI_SIZE(414, "URI_TOO_LONG", "URI too long", "the request target is above the limit"),
  CODING(415, "UNSUPPORTED_MEDIA_TYPE", "Unsupported media type", "only Content-Encoding identity"),
  EXPECTATION(417, "INVALID_REQUEST", "Expectation failed", "only Expect: 100-continue is known"),
  SOCKET_VERSION(426, "INVALID_REQUEST", "Upgrade required", "the WebSocket version is 13"),
  HEADER_SIZE(
      431, "HEADERS_TOO_LARGE", "Header fields too large", "the headers are above the limit"),
  FAULT(503, "UNAVAILABLE", "Unavailable", "the request could not be answered"),
  CONNECTIONS(503, "UNAVAILABLE", "Unavailable", "too many connections");

  private static final ContentType PROBLEM = ContentTypes.parse("application/problem+json");

  private final int status;
  private final String code;
  private final String title;
  private final String detail;

  EdgeRefusal(int status, String code, String title, String detail) {
    this.status = status;
    this.code = code;
    this.title = title;
    this.detail = detail;
  }

  HttpResponse response(String requestId) {
    HttpResponse response =
        HttpResponse.create()
            .withStatus(StatusCodes.get(status))
            .withEntity(PROBLEM, body(requestId).getBytes(StandardCharsets.UTF_8));
    return switch (this) {
      case SOCKET_VERSION -> response.addHeader(RawHeader.create("Sec-WebSocket-Version", "13"));
      case FAULT, CONNECTIONS -> response.addHeader(RawHeader.create("Retry-After", "1"));
      case MALFORMED, HOST, FRAMING, TARGET, HANDSHAKE, SUBPROTOCOL, ORIGIN -> response;
      case TIMEOUT, BODY_SIZE, URI_SIZE, CODING, EXPECTATION, HEADER_SIZE -> response;
    };
  }

  /** The whole HTTP message, for a connection that is not served at all. */
  byte[] message(String requestId) {
    String body = body(requestId);
    return """
    HTTP/1.1 %d %s\r
    Content-Type: application/problem+json\r
    Content-Length: %d\r
    X-Request-Id: %s\r
    Retry-After: 1\r
    Connection: close\r
    \r
    %s\
    """
        .formatted(status, title, body.length(), requestId, body)
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** The problem document; every part of it is a constant or a safe request id. */
  private String body(String requestId) {
    return """
    {"type":"about:blank","title":"%s","status":%d,"detail":"%s","code":"%s","requestId":"%s"}\
    """
        .formatted(title, status, detail, code, requestId);
  }
}
