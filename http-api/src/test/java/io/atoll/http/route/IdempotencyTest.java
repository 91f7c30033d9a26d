package io.atoll.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.http.session.SocketClient;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One key is one request: its answer is given again, and another request is a conflict. */
class IdempotencyTest {
  private static final String KEY = "Idempotency-Key";
  private static final String ENTRY = "/v1/maps/m/entries/k";

  private static EdgeFixture edge;
  private static EdgeClient admin;

  @BeforeAll
  static void open() throws IOException {
    edge = EdgeFixture.open();
    admin = edge.admin();
  }

  @AfterAll
  static void close() {
    edge.close();
  }

  @Test
  void aTenantsPromiseHoldsForOneId() throws IOException {
    var first = create("{\"id\":\"one-id\",\"name\":\"A\"}", "t1");
    assertThat(first.status()).isEqualTo(201);
    assertConflict(create("{\"id\":\"other-id\",\"name\":\"A\"}", "t1"));
    assertThat(admin.get("/api/tenants/other-id").status()).isEqualTo(404);
    var again = create("{\"id\":\"one-id\",\"name\":\"A\"}", "t1");
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.text()).isEqualTo(first.text());
    assertThat(create("{\"id\":\"other-id\",\"name\":\"A\"}", "t2").status()).isEqualTo(201);
  }

  @Test
  void aTenantsPromiseHoldsWithAndWithoutAnId() throws IOException {
    var made = create("{\"name\":\"A\"}", "t3");
    String id = made.json().get("id").asText();
    assertConflict(create("{\"id\":\"named-later\",\"name\":\"A\"}", "t3"));
    assertThat(create("{\"name\":\"A\"}", "t3").text()).isEqualTo(made.text());
    assertThat(admin.get("/api/tenants/" + id).status()).isEqualTo(200);

    create("{\"id\":\"named-first\",\"name\":\"A\"}", "t4");
    assertConflict(create("{\"name\":\"A\"}", "t4"));
  }

  @Test
  void anIdThatTheServerWouldHaveMadeCanBeNamed() throws IOException {
    String id = create("{\"name\":\"A\"}", "t5").json().get("id").asText();
    admin.delete("/api/tenants/" + id);
    admin.delete("/api/tenants/" + id + "?purge=true");
    String named = "{\"id\":\"%s\",\"name\":\"A\"}".formatted(id);
    assertThat(create(named, "t5").status()).isEqualTo(201);
    assertThat(create(named, "t5").status()).isEqualTo(201);
    assertThat(create(named, "t6").code()).isEqualTo("TENANT_EXISTS");
  }

  @Test
  void aBatchIsOneRequest() throws IOException {
    EdgeClient client = edge.as(tenant("batches"));
    String batch = "[{\"op\":\"set\",\"map\":\"m\",\"key\":\"k\",\"value\":1},{\"op\":\"jump\"}]";
    var first = client.post("/v1/batch", batch, KEY, "b1");
    assertThat(first.json().get(0).get("status").asInt()).isEqualTo(201);
    assertThat(client.post("/v1/batch", batch, KEY, "b1").json().get(0))
        .isEqualTo(first.json().get(0));

    String other = "[{\"op\":\"set\",\"map\":\"other\",\"key\":\"k\",\"value\":1}]";
    var refused = client.post("/v1/batch", other, KEY, "b1");
    assertConflict(refused);
    assertThat(refused.header("RateLimit")).isNotEmpty();
    assertThat(client.get("/v1/maps/other/entries/k").status()).isEqualTo(404);
    assertConflict(client.post("/v1/batch", "[]", KEY, "b1"));
    assertThat(client.get(ENTRY).header("ETag")).isEqualTo("\"1\"");
  }

  @Test
  void theItemsOfABatchAreNoRequestsOfTheirOwn() throws IOException {
    EdgeClient client = edge.as(tenant("items"));
    client.post(
        "/v1/batch", "[{\"op\":\"set\",\"map\":\"m\",\"key\":\"k\",\"value\":1}]", KEY, "i");
    assertThat(client.put(ENTRY, "2", KEY, "i#0").status()).isEqualTo(200);
    assertThat(client.put(ENTRY, "3", KEY, "i").status()).isEqualTo(200);
  }

  @Test
  void aSocketsWriteIsTheSameRequestOverHttp() throws IOException {
    String key = tenant("two-ways");
    EdgeClient client = edge.as(key);
    try (SocketClient socket = SocketClient.connect(edge.uri("/"), key)) {
      socket.send("{'id':1,'op':'set','map':'m','key':'k','value':{'a':1},'idempotencyKey':'w1'}");
      assertThat(socket.await(1).get(0).get("version").asInt()).isEqualTo(1);
      var again = client.put(ENTRY, " {\"a\":1}\n", KEY, "w1");
      assertThat(again.status()).isEqualTo(201);
      assertThat(again.json().get("version").asInt()).isEqualTo(1);
      assertConflict(client.put(ENTRY, "{\"a\":2}", KEY, "w1"));
      assertConflict(client.put(ENTRY + "?ttlMs=60000", "{\"a\":1}", KEY, "w1"));
      assertConflict(client.put(ENTRY, "{\"a\":1}", KEY, "w1", "If-None-Match", "*"));
      assertConflict(client.delete(ENTRY, KEY, "w1"));

      assertThat(client.delete(ENTRY, KEY, "w2").status()).isEqualTo(204);
      socket.send("{'id':2,'op':'delete','map':'m','key':'k','idempotencyKey':'w2'}");
      assertThat(socket.await(2).get(1).get("ok").asBoolean()).isTrue();
      socket.send("{'id':3,'op':'delete','map':'m','key':'k','ifVersion':1,'idempotencyKey':'w2'}");
      assertThat(socket.await(3).get(2).at("/error/code").asText()).isEqualTo("CONFLICT");
    }
  }

  private static EdgeClient.Answer create(String body, String key) throws IOException {
    return admin.post("/api/tenants", body, KEY, key);
  }

  private static void assertConflict(EdgeClient.Answer answer) throws IOException {
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.code()).isEqualTo("CONFLICT");
  }

  private static String tenant(String id) throws IOException {
    return admin.tenantWithKey(id, "enterprise", "[\"read\",\"write\"]");
  }
}
