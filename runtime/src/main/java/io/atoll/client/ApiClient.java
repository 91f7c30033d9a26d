package io.atoll.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Calls the HTTP API with one credential. Thread-safe. */
public final class ApiClient implements AutoCloseable {
  public static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http;
  private final String key;
  private final Duration timeout;

  /** A connection and an answer may each take so long. */
  public ApiClient(String key, Duration timeout) {
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .build();
    this.key = key;
    this.timeout = timeout;
  }

  /** Sends a request to a node, inside a tenant if one is named. */
  public Answer send(
      URI node, String method, String path, @Nullable String tenant, @Nullable String body)
      throws UnreachableException, InterruptedException {
    return send(node, request(node, method, path, tenant, body).build());
  }

  /** Sends a request that is carried out once, however often it is sent with this key. */
  public Answer sendOnce(
      URI node, String method, String path, @Nullable String body, String idempotencyKey)
      throws UnreachableException, InterruptedException {
    HttpRequest.Builder request = request(node, method, path, null, body);
    return send(node, request.header("Idempotency-Key", idempotencyKey).build());
  }

  private HttpRequest.Builder request(
      URI node, String method, String path, @Nullable String tenant, @Nullable String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(node + path))
            .timeout(timeout)
            .header("Authorization", "Bearer " + key)
            .method(
                method,
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body, UTF_8));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    if (tenant != null) {
      request.header("X-Atoll-Tenant", tenant);
    }
    return request;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private Answer send(URI node, HttpRequest request)
      throws UnreachableException, InterruptedException {
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString(UTF_8));
      return new Answer(response.statusCode(), parse(response.body()));
    } catch (IOException failed) {
      throw new UnreachableException(node, failed);
    }
  }

  private static JsonNode parse(String body) {
    try {
      return body.isEmpty() ? MissingNode.getInstance() : JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}
