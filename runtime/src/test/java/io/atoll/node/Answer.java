package io.atoll.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;

/** What a node has answered. */
public record Answer(int status, String body, HttpHeaders headers) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Answer of(HttpResponse<String> response) {
    return new Answer(response.statusCode(), response.body(), response.headers());
  }

  /** This answer if it has the status. */
  public Answer expect(int expected) {
    if (status != expected) {
      throw new AssertionError("expected " + expected + " but got " + status + ": " + body);
    }
    return this;
  }

  public JsonNode json() {
    return parse(body);
  }

  /** The code of a problem document. */
  public String code() {
    return json().path("code").asText();
  }

  /** Status, content type and body, with the id of the request taken out. */
  public String withoutRequestId() {
    String type = headers.firstValue("Content-Type").orElse("none");
    return status + " " + type + " " + body.replaceAll("\"requestId\":\"[^\"]*\"", "");
  }

  /** Reads JSON. */
  public static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException notJson) {
      throw new AssertionError("not JSON: " + text, notJson);
    }
  }
}
