package io.atoll.http.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Speaks HTTP to an edge with one credential; an empty one is not sent. */
final class EdgeClient {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final EdgeFixture edge;
  private final String credential;

  EdgeClient(EdgeFixture edge, String credential) {
    this.edge = edge;
    this.credential = credential;
  }

  /** An answer, whose body is read as JSON when it is asked for. */
  record Answer(HttpResponse<byte[]> response) {
    int status() {
      return response.statusCode();
    }

    String text() {
      return new String(response.body(), StandardCharsets.UTF_8);
    }

    JsonNode json() throws IOException {
      return MAPPER.readTree(response.body());
    }

    String code() throws IOException {
      return json().path("code").asText();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  Answer get(String target, String... headers) throws IOException {
    return send("GET", target, null, headers);
  }

  Answer delete(String target, String... headers) throws IOException {
    return send("DELETE", target, null, headers);
  }

  Answer post(String target, String json, String... headers) throws IOException {
    return send("POST", target, json, headers);
  }

  Answer put(String target, String json, String... headers) throws IOException {
    return send("PUT", target, json, headers);
  }

  Answer patch(String target, String json, String... headers) throws IOException {
    return send("PATCH", target, json, headers);
  }

  /**
   * Sends a request; a body that is not null is JSON unless a Content-Type is among the headers.
   */
  Answer send(String method, String target, String body, String... headers) throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(edge.uri(target));
    if (!credential.isEmpty()) {
      request.header("Authorization", "Bearer " + credential);
    }
    if (body != null && !String.join(" ", headers).contains("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    request.method(
        method,
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body));
    try {
      return new Answer(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
    } catch (InterruptedException interrupted) {
      throw new IOException(interrupted);
    }
  }

  /** Makes a tenant of the plan and a key of it with these scopes, as JSON; answers the key. */
  String tenantWithKey(String id, String plan, String scopes) throws IOException {
    Answer made =
        post("/api/tenants", "{\"id\":\"%s\",\"name\":\"T\",\"plan\":\"%s\"}".formatted(id, plan));
    if (made.status() != 201) {
      throw new AssertionError(made.text());
    }
    return key(id, scopes);
  }

  String key(String id, String scopes) throws IOException {
    Answer key = post("/api/tenants/" + id + "/keys", "{\"name\":\"k\",\"scopes\":" + scopes + "}");
    if (key.status() != 201) {
      throw new AssertionError(key.text());
    }
    return key.json().get("key").asText();
  }
}
