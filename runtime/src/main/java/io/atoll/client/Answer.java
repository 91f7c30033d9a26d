package io.atoll.client;

import com.fasterxml.jackson.databind.JsonNode;

/** An answer of the API; a body that is no JSON is a missing node. */
public record Answer(int status, JsonNode body) {
  /** The error code, or the status where there is none. */
  public String code() {
    return body.path("code").asText("HTTP_" + status);
  }

  /** What the server says of a refusal. */
  public String problem() {
    String detail = body.path("detail").asText("");
    return code() + (detail.isEmpty() ? "" : ": " + detail);
  }
}
