package io.atoll.bench;

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

/** Calls the HTTP API before and after a measurement. Thread-safe. */
final class Api implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
  private final BenchSettings.Target target;

  /** An answer; a body that is no JSON is a missing node. */
  record Answer(int status, JsonNode body) {
    /** The error code, or the status where there is none. */
    String code() {
      return body.path("code").asText("HTTP_" + status);
    }

    /** What the server says of a refusal. */
    String problem() {
      String detail = body.path("detail").asText("");
      return code() + (detail.isEmpty() ? "" : ": " + detail);
    }
  }

  Api(BenchSettings.Target target) {
    this.target = target;
  }

  /** Sends a request inside a tenant if one is named; fails when there is no answer. */
  Answer send(String method, String path, @Nullable String tenant, @Nullable String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(target.url() + path))
            .timeout(TIMEOUT)
            .header("Authorization", "Bearer " + target.key())
            .method(
                method,
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body, UTF_8));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    if (tenant != null) {
      request.header("X-Atoll-Tenant", tenant);
    }
    return send(request.build());
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private Answer send(HttpRequest request) {
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString(UTF_8));
      return new Answer(response.statusCode(), parse(response.body()));
    } catch (IOException e) {
      throw new BenchException("cannot reach " + target.url() + ": " + Await.reason(e));
    } catch (InterruptedException e) {
      throw Await.interrupted();
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
