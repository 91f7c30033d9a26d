package io.atoll.node;

import static io.atoll.node.NodeProcess.ADMIN_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Credentials show up nowhere but in the answer that makes them. */
class SecretIT {
  @TempDir Path folder;

  @Test
  void aSecretIsInNoLogNoMetricAndNoError() {
    try (NodeProcess node =
        NodeProcess.launch(
            folder.resolve("data"),
            Map.of("ATOLL_ADMIN_KEY", ADMIN_KEY, "ATOLL_LOG_LEVEL", "debug"),
            List.of())) {
      Client client = node.client();
      String key = client.tenantWithKey("planted", "");
      List<String> seen = answersTo(client, key);
      seen.add(client.get("/metrics", ADMIN_KEY).body());
      assertThat(node.terminate()).isZero();
      seen.add(node.errors());
      seen.addAll(node.output());

      String secret = key.substring(key.lastIndexOf('_') + 1);
      assertThat(secret).hasSizeGreaterThan(20);
      assertThat(seen).noneMatch(text -> text.contains(secret) || text.contains(ADMIN_KEY));
    }
  }

  /** Uses and misuses the key in every way. */
  private static List<String> answersTo(Client client, String key) {
    List<Answer> answers = new ArrayList<>();
    answers.add(client.put("/v1/maps/m/entries/k", key, "1"));
    answers.add(client.get("/v1/maps/m/entries/none", key));
    answers.add(client.get("/v1/maps?api_key=" + key, null));
    answers.add(client.get("/v1/maps", key + "x"));
    answers.add(client.get("/v1/maps", key.substring(0, key.length() - 1)));
    answers.add(client.get("/v1/maps/m/entries/k", null, "X-API-Key", key));
    answers.add(client.post("/v1/batch", key, "[{\"op\":\"nonsense\"}]"));
    answers.add(client.put("/v1/maps/m/entries/k", key, "{broken"));
    answers.add(client.get("/api/tenants/planted/keys", ADMIN_KEY));
    answers.add(client.get("/api/tenants/planted", ADMIN_KEY));
    answers.add(client.get("/api/tenants", ADMIN_KEY + "x"));
    SocketClient socket = client.open(null);
    socket.send("{\"id\":0,\"op\":\"auth\",\"token\":\"" + key + "x\"}");
    socket.closeCode();
    List<String> texts = new ArrayList<>();
    answers.forEach(answer -> texts.add(answer.body() + answer.headers().map()));
    return texts;
  }
}
