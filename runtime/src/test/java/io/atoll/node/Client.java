package io.atoll.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletionException;

/** Talks to a node as any HTTP client would. Thread-safe. */
public final class Client {
  private static final Duration BOUND = Duration.ofMinutes(3);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(BOUND).build();
  private final URI url;

  public Client(URI url) {
    this.url = url;
  }

  public Answer get(String path, String key, String... headers) {
    return send("GET", path, key, null, headers);
  }

  public Answer put(String path, String key, String body, String... headers) {
    return send("PUT", path, key, body, headers);
  }

  public Answer post(String path, String key, String body, String... headers) {
    return send("POST", path, key, body, headers);
  }

  public Answer patch(String path, String key, String body, String... headers) {
    return send("PATCH", path, key, body, headers);
  }

  public Answer delete(String path, String key, String... headers) {
    return send("DELETE", path, key, null, headers);
  }

  /** Sends a request; a key or body that is null is left out. */
  public Answer send(String method, String path, String key, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url.resolve(path))
            .timeout(BOUND)
            .method(
                method,
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body, UTF_8));
    if (headers.length > 0) {
      request.headers(headers);
    }
    if (key != null) {
      request.header("Authorization", "Bearer " + key);
    }
    if (body != null && !String.join(",", headers).contains("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    try {
      return Answer.of(http.send(request.build(), BodyHandlers.ofString(UTF_8)));
    } catch (IOException gone) {
      throw new GoneException(gone);
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  /** Opens a WebSocket; fails with {@link GoneException} when the handshake is refused. */
  public SocketClient open(String key) {
    var listener = new SocketClient();
    try {
      WebSocket.Builder builder = http.newWebSocketBuilder().subprotocols("atoll.v1.json");
      if (key != null) {
        builder.header("Authorization", "Bearer " + key);
      }
      URI socket = URI.create("ws" + url.toString().substring("http".length()) + "/v1/ws");
      builder.buildAsync(socket, listener).join();
      return listener;
    } catch (CompletionException refused) {
      throw new GoneException(refused);
    }
  }

  /** Creates a tenant from a JSON body and gives it a key. */
  public String tenantWithKey(String id, String rest) {
    Answer created =
        post(
            "/api/tenants",
            NodeProcess.ADMIN_KEY,
            "{\"id\":\"%s\",\"name\":\"%s\"%s}".formatted(id, id, rest));
    created.expect(201);
    return key(id);
  }

  /** Makes one more key of a tenant. */
  public String key(String tenant) {
    return post("/api/tenants/" + tenant + "/keys", NodeProcess.ADMIN_KEY, "{\"name\":\"test\"}")
        .expect(201)
        .json()
        .get("key")
        .asText();
  }

  /** The node is gone, or has refused a handshake. */
  public static final class GoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GoneException(Exception cause) {
      super(cause);
    }
  }
}
