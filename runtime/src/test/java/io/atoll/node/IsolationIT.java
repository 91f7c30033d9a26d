package io.atoll.node;

import static io.atoll.node.NodeProcess.ADMIN_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a tenant learns about another one: nothing, to the byte. */
class IsolationIT {
  @TempDir static Path folder;
  private static NodeProcess node;
  private static Client client;
  private static String mine;
  private static String theirKeyId;

  @BeforeAll
  static void start() {
    node = NodeProcess.start(folder.resolve("data"));
    client = node.client();
    mine = adminKeyOf("mine");
    String theirs = adminKeyOf("them");
    client.put("/v1/maps/secrets/entries/plan", theirs, "\"attack at dawn\"").expect(201);
    theirKeyId =
        client
            .get("/api/tenants/them/keys", ADMIN_KEY)
            .expect(200)
            .json()
            .at("/items/0/id")
            .asText();
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET    | /api/tenants/{id} |
          PATCH  | /api/tenants/{id}                        | {"name":"x"}
          PATCH  | /api/tenants/{id}                        | {"nonsense":1}
          DELETE | /api/tenants/{id} |
          DELETE | /api/tenants/{id}?purge=true |
          GET    | /api/tenants/{id}/keys |
          POST   | /api/tenants/{id}/keys                   | {"name":"x"}
          DELETE | /api/tenants/{id}/keys/{key} |
          GET    | /api/tenants/{id}/usage?period=day |
          GET    | /api/tenants/{id}/stats |
          GET    | /api/tenants/{id}/limits/commands |
          POST   | /api/tenants/{id}/limits/commands/consume | {}
          DELETE | /api/tenants/{id}/limits/commands |
          """)
  void anotherTenantIsAnsweredAsAMissingOne(String method, String path, String body) {
    Answer other = send(method, path, "them", body);
    Answer missing = send(method, path, "none", body);

    assertThat(other.status()).isEqualTo(404);
    assertThat(other.withoutRequestId().replace("them", "none"))
        .isEqualTo(missing.withoutRequestId());
    assertThat(other.body()).doesNotContain("them");
    assertThat(other.headers().map().keySet()).isEqualTo(missing.headers().map().keySet());
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/maps/secrets/entries/plan, /v1/maps/missing/entries/plan",
    "/v1/maps/secrets/entries?limit=1, /v1/maps/missing/entries?limit=1"
  })
  void anotherTenantsMapIsAnsweredAsAMissingOne(String theirs, String missing) {
    assertThat(client.get(theirs, mine).withoutRequestId())
        .isEqualTo(client.get(missing, mine).withoutRequestId().replace("missing", "secrets"));
  }

  @Test
  void aListOfMapsShowsOnlyOnesOwn() {
    client.put("/v1/maps/own/entries/k", mine, "1");

    assertThat(client.get("/v1/maps", mine).expect(200).body())
        .contains("\"own\"")
        .doesNotContain("secrets");
  }

  @Test
  void anotherTenantsMapIsMissingOverTheSocketToo() {
    SocketClient socket = client.open(mine);

    String theirs = "{\"id\":1,\"op\":\"get\",\"map\":\"secrets\",\"key\":\"plan\"}";
    assertThat(socket.ask(theirs).toString())
        .isEqualTo(
            socket
                .ask(theirs.replace("secrets", "missing"))
                .toString()
                .replace("missing", "secrets"));
    socket.close();
  }

  @Test
  void whoMayNotNameATenantIsRefused() {
    assertThat(
            client.get("/v1/maps", mine, "X-Atoll-Tenant", "them").expect(403).withoutRequestId())
        .isEqualTo(
            client.get("/v1/maps", mine, "X-Atoll-Tenant", "none").expect(403).withoutRequestId());
  }

  @Test
  void theOneTenantReadsWhatItWrote() {
    assertThat(
            client
                .get("/v1/maps/secrets/entries/plan", ADMIN_KEY, "X-Atoll-Tenant", "them")
                .expect(200)
                .body())
        .isEqualTo("\"attack at dawn\"");
  }

  private static Answer send(String method, String path, String tenant, String body) {
    String filled = path.replace("{id}", tenant).replace("{key}", theirKeyId);
    return body == null
        ? client.send(method, filled, mine, null)
        : client.send(
            method,
            filled,
            mine,
            body,
            "Content-Type",
            method.equals("PATCH") ? "application/merge-patch+json" : "application/json");
  }

  /** Creates a tenant and a key of it with every scope that there is. */
  private static String adminKeyOf(String tenant) {
    client.tenantWithKey(tenant, ",\"plan\":\"enterprise\"");
    return client
        .post(
            "/api/tenants/" + tenant + "/keys",
            ADMIN_KEY,
            "{\"name\":\"all\",\"scopes\":[\"read\",\"write\",\"admin\"]}")
        .expect(201)
        .json()
        .get("key")
        .asText();
  }
}
