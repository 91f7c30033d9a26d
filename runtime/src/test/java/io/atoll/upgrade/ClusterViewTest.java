package io.atoll.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.atoll.client.ApiClient;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClusterViewTest {
  @Test
  void theAnswerOfANodeIsRead() throws JsonProcessingException {
    ClusterView view =
        view(
            """
            {"whole":false,"reason":"1 cell is on the way","moving":1,"oldest":"a:1","nodes":[
              {"address":"a:1","url":"http://a:8080","state":"up","ready":true,"version":"2",
               "startedAt":"2026-01-01T00:00:00Z"},
              {"address":"b:1","url":null,"state":"unreachable","ready":false}]}
            """);

    assertThat(view.flaw()).contains("1 cell is on the way");
    assertThat(view.oldest()).contains("a:1");
    ClusterView.NodeView a = view.node("a:1").orElseThrow();
    assertThat(a.url()).contains(URI.create("http://a:8080"));
    assertThat(a.serves()).isTrue();
    assertThat(a.startedAt()).contains(Instant.parse("2026-01-01T00:00:00Z"));
    ClusterView.NodeView b = view.node("b:1").orElseThrow();
    assertThat(b.serves()).isFalse();
    assertThat(b.startedAt()).isEqualTo(Optional.empty());
    assertThat(b.url()).isEmpty();
  }

  @Test
  void onlyWhatSaysThatItIsWholeIsWhole() throws JsonProcessingException {
    assertThat(view("{\"whole\":true,\"reason\":null,\"nodes\":[]}").flaw()).isEmpty();
    assertThat(view("{\"nodes\":[]}").flaw()).isPresent();
  }

  private static ClusterView view(String json) throws JsonProcessingException {
    return ClusterView.of(ApiClient.JSON.readTree(json));
  }
}
