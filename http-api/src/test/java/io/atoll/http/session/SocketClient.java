package io.atoll.http.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.atoll.http.listener.Await;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A WebSocket client that gathers what it is told; it reads only as long as it is let. */
public final class SocketClient implements WebSocket.Listener, AutoCloseable {
  private static final Duration BOUND = Duration.ofSeconds(60);

  private final HttpClient http;
  private final List<JsonNode> received = new ArrayList<>();
  private final List<JsonNode> notices = new ArrayList<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final StringBuilder partial = new StringBuilder();
  private volatile boolean reading = true;
  private @Nullable WebSocket socket;

  private SocketClient(HttpClient http) {
    this.http = http;
  }

  /** Connects to {@code /v1/ws} of this address, with a credential unless it is null. */
  public static SocketClient connect(URI address, @Nullable String credential) {
    return connect(
        address, credential == null ? List.of() : List.of("Authorization", "Bearer " + credential));
  }

  /** Connects with these headers, names and values in turn. */
  public static SocketClient connect(URI address, List<String> headers) {
    URI target = URI.create("ws://" + address.getHost() + ":" + address.getPort() + "/v1/ws");
    return connect(HttpClient.newHttpClient(), target, headers);
  }

  /** Connects to a whole address that starts with {@code wss} as one who trusts this much. */
  static SocketClient connect(URI target, SSLContext tls, List<String> headers) {
    return connect(HttpClient.newBuilder().sslContext(tls).build(), target, headers);
  }

  private static SocketClient connect(HttpClient http, URI target, List<String> headers) {
    SocketClient client = new SocketClient(http);
    WebSocket.Builder builder = client.http.newWebSocketBuilder().subprotocols("atoll.v1.json");
    for (int at = 0; at < headers.size(); at += 2) {
      builder.header(headers.get(at), headers.get(at + 1));
    }
    client.socket = builder.buildAsync(target, client).orTimeout(60, TimeUnit.SECONDS).join();
    return client;
  }

  /** Sends a text message, with ' for ". */
  public SocketClient send(String frame) {
    socket.sendText(frame.replace('\'', '"'), true).orTimeout(60, TimeUnit.SECONDS).join();
    return this;
  }

  public void stopReading() {
    reading = false;
  }

  public void readOn() {
    reading = true;
    socket.request(1);
  }

  /** The replies and events received, once there are so many. */
  public List<JsonNode> await(int count) {
    try {
      Await.until(BOUND, () -> received().size() >= count);
    } catch (AssertionError late) {
      throw new AssertionError("only " + received(), late);
    }
    return received();
  }

  /** The close code, once the server has closed. */
  public int awaitClose() {
    return closed.orTimeout(60, TimeUnit.SECONDS).join();
  }

  public boolean isOpen() {
    return !closed.isDone();
  }

  public synchronized List<JsonNode> received() {
    return List.copyOf(received);
  }

  public synchronized List<JsonNode> notices() {
    return List.copyOf(notices);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      add(SessionHarness.json(partial.toString()));
      partial.setLength(0);
    }
    if (reading) {
      from.request(1);
    }
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.complete(code);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    closed.completeExceptionally(error);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private synchronized void add(JsonNode frame) {
    assertThat(frame.isContainerNode()).isTrue();
    if (frame.isArray()) {
      frame.forEach(this::sort);
    } else {
      sort(frame);
    }
  }

  private void sort(JsonNode item) {
    (item.has("notice") ? notices : received).add(item);
  }
}
