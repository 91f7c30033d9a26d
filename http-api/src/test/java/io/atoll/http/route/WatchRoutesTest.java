package io.atoll.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class WatchRoutesTest {
  private static EdgeFixture edge;
  private static String key;
  private static EdgeClient client;

  @BeforeAll
  static void open() throws IOException {
    edge = EdgeFixture.open("atoll.http.watch-heartbeat = 100 ms");
    key = edge.admin().tenantWithKey("acme", "enterprise", "[\"read\",\"write\"]");
    client = edge.as(key);
  }

  @AfterAll
  static void close() {
    edge.close();
  }

  @Test
  void changesArriveInOrderWithTheirNumbers() throws IOException, InterruptedException {
    client.put("/v1/maps/live/entries/before", "0");
    try (Events events = watch("/v1/maps/live/watch?prefix=u")) {
      client.put("/v1/maps/live/entries/u1", "{\"a\":\n1}");
      client.put("/v1/maps/live/entries/other", "1");
      client.delete("/v1/maps/live/entries/u1");
      assertThat(events.next())
          .containsExactly(
              "id: 2",
              "event: set",
              "data: {\"seq\":2,\"event\":\"set\",\"key\":\"u1\",\"value\":{\"a\":"
                  + " 1},\"version\":2}");
      assertThat(events.next())
          .containsExactly(
              "id: 4", "event: delete", "data: {\"seq\":4,\"event\":\"delete\",\"key\":\"u1\"}");
    }
  }

  @Test
  void aReconnectLosesNothing() throws IOException, InterruptedException {
    for (int i = 1; i <= 5; i++) {
      client.put("/v1/maps/again/entries/k" + i, "1");
    }
    try (Events events = watch("/v1/maps/again/watch?since=0")) {
      for (int i = 1; i <= 5; i++) {
        assertThat(events.next()).first().isEqualTo("id: " + i);
      }
    }
    try (Events events = watch("/v1/maps/again/watch?since=0", "Last-Event-ID", "3")) {
      assertThat(events.next()).first().isEqualTo("id: 4");
    }
  }

  @Test
  void aQuietStreamIsKeptAlive() throws IOException, InterruptedException {
    client.put("/v1/maps/quiet/entries/k", "1");
    try (Events events = watch("/v1/maps/quiet/watch")) {
      assertThat(events.line()).isEqualTo(":");
    }
  }

  @Test
  void badParametersAreRefused() throws IOException {
    assertThat(client.get("/v1/maps/m/watch?since=-1").code()).isEqualTo("INVALID_REQUEST");
    assertThat(client.get("/v1/maps/m/watch?since=x").code()).isEqualTo("INVALID_REQUEST");
    assertThat(client.get("/v1/maps/m/watch", "Last-Event-ID", "x").code())
        .isEqualTo("INVALID_REQUEST");
  }

  @Test
  void aWatchNeedsTheScopeReadAndALivingTenant() throws IOException {
    edge.admin().tenantWithKey("writer", "pro", "[\"write\"]");
    EdgeClient writer = edge.as(edge.admin().key("writer", "[\"write\"]"));
    assertThat(writer.get("/v1/maps/m/watch").code()).isEqualTo("FORBIDDEN");
    edge.admin().patch("/api/tenants/writer", "{\"status\":\"suspended\"}");
    assertThat(edge.admin().get("/v1/maps/m/watch", "X-Atoll-Tenant", "writer").code())
        .isEqualTo("TENANT_SUSPENDED");
  }

  @Test
  void aWatchEndsWithItsKey() throws IOException, InterruptedException {
    client.put("/v1/maps/secret/entries/k", "1");
    String doomed = edge.admin().key("acme", "[\"read\"]");
    try (Events events = watchAs(doomed, "/v1/maps/secret/watch")) {
      edge.admin().delete("/api/tenants/acme/keys/" + keyId(doomed));
      assertThat(events.isOver()).isTrue();
    }
  }

  @Test
  void aWatchEndsWhenItsTenantIsSuspended() throws IOException, InterruptedException {
    String paused = edge.admin().tenantWithKey("paused", "pro", "[\"read\",\"write\"]");
    edge.as(paused).put("/v1/maps/m/entries/k", "1");
    try (Events events = watchAs(paused, "/v1/maps/m/watch")) {
      edge.admin().patch("/api/tenants/paused", "{\"status\":\"suspended\"}");
      assertThat(events.isOver()).isTrue();
    }
  }

  private static Events watch(String target, String... headers)
      throws IOException, InterruptedException {
    return watchAs(key, target, headers);
  }

  private static Events watchAs(String credential, String target, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(edge.uri(target)).header("Authorization", "Bearer " + credential);
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpClient http = HttpClient.newHttpClient();
    HttpResponse<InputStream> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
    return new Events(http, response.body());
  }

  /** The events of one stream. */
  private static final class Events implements AutoCloseable {
    private final HttpClient http;
    private final BufferedReader lines;

    Events(HttpClient http, InputStream body) {
      this.http = http;
      this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    String line() throws IOException {
      return lines.readLine();
    }

    /** The lines of the next event; comments are passed over. */
    List<String> next() throws IOException {
      List<String> event = new ArrayList<>();
      while (true) {
        String line = lines.readLine();
        if (line == null) {
          throw new IOException("the stream ended after " + event);
        }
        if (line.isEmpty() && !event.isEmpty()) {
          return event;
        }
        if (!line.isEmpty() && !line.startsWith(":")) {
          event.add(line);
        }
      }
    }

    /** Whether the stream ends with nothing but comments. */
    boolean isOver() throws IOException {
      String line = lines.readLine();
      while (line != null && (line.isEmpty() || line.startsWith(":"))) {
        line = lines.readLine();
      }
      return line == null;
    }

    @Override
    public void close() {
      http.shutdownNow();
    }
  }

  private static String keyId(String key) {
    int from = "atl_live_acme_".length();
    return key.substring(from, key.indexOf('_', from));
  }
}
