package io.atoll.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTest {
  private final Handler handler = call -> CompletableFuture.completedFuture(HttpResponse.create());
  private final RouteTable table =
      new RouteTable()
          .add("GET", "/things", handler)
          .add("POST", "/things", handler)
          .add("GET", "/things/{id}", handler)
          .add("GET", "/things/special", handler)
          .add("DELETE", "/things/{id}/parts/{part}", handler)
          .add("GET", "/files/{name}/at/{path...}", handler);

  @ParameterizedTest
  @CsvSource({
    "/things, /things, ''",
    "/things/7, /things/{id}, 7",
    "/things/special, /things/special, ''",
    "/things/a%2Fb, /things/{id}, a%2Fb",
    "/things/../x, , ",
    "/things/7/parts/8, /things/{id}/parts/{part}, 7 8",
    "/files/f/at/a/b//c/../d, /files/{name}/at/{path...}, f a/b//c/../d",
    "/files/f/at/, /files/{name}/at/{path...}, 'f '"
  })
  void aPathMeetsItsTemplateWithItsRawNames(String path, String template, String names) {
    RouteTable.Match match = table.find(path);
    if (template == null) {
      assertThat(match).isNull();
    } else {
      assertThat(match.endpoint().template()).isEqualTo(template);
      assertThat(String.join(" ", match.names())).isEqualTo(names);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "//",
        "/thing",
        "/things/",
        "/things//parts/8",
        "/Things",
        "/files/f/at",
        "x"
      })
  void aPathOfNoTemplateMeetsNothing(String path) {
    assertThat(table.find(path)).isNull();
  }

  @Test
  void headIsAllowedWhereGetIs() {
    assertThat(table.find("/things").endpoint().allow()).isEqualTo("GET, HEAD, POST");
    assertThat(table.find("/things/1/parts/2").endpoint().allow()).isEqualTo("DELETE");
  }

  @Test
  void everyRouteIsListedOnce() {
    assertThat(table.routes())
        .isEqualTo(
            List.of(
                "DELETE /things/{id}/parts/{part}",
                "GET /files/{name}/at/{path}",
                "GET /things",
                "GET /things/special",
                "GET /things/{id}",
                "POST /things"));
  }
}
