package io.atoll.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the OpenAPI document and the running server together, both ways. */
class OpenApiTest {
  private static final List<String> METHODS =
      List.of("GET", "PUT", "POST", "DELETE", "PATCH", "OPTIONS");
  private static final String NO_PATH = "there is nothing at this path";

  private static EdgeFixture edge;
  private static OpenAPI document;

  @BeforeAll
  static void open() throws IOException {
    edge = EdgeFixture.open();
    String text = edge.as("").get("/openapi.json").text();
    SwaggerParseResult parsed = new OpenAPIV3Parser().readContents(text, List.of(), null);
    assertThat(parsed.getMessages()).isEmpty();
    document = parsed.getOpenAPI();
  }

  @AfterAll
  static void close() {
    edge.close();
  }

  @Test
  void everyDocumentedOperationIsServed() throws IOException {
    for (Map.Entry<String, PathItem> path : document.getPaths().entrySet()) {
      for (PathItem.HttpMethod method : path.getValue().readOperationsMap().keySet()) {
        var answer = edge.as("").send(method.name(), filled(path.getKey()), null);
        assertThat(answer.status()).as("%s %s", method, path.getKey()).isNotEqualTo(405);
        assertThat(answer.text()).as("%s %s", method, path.getKey()).doesNotContain(NO_PATH);
      }
    }
  }

  @Test
  void noOtherMethodOfADocumentedPathIsServed() throws IOException {
    for (Map.Entry<String, PathItem> path : document.getPaths().entrySet()) {
      Map<PathItem.HttpMethod, Operation> documented = path.getValue().readOperationsMap();
      for (String method : METHODS) {
        if (!documented.containsKey(PathItem.HttpMethod.valueOf(method))) {
          var answer = edge.admin().send(method, filled(path.getKey()), null);
          assertThat(answer.code())
              .as("%s %s", method, path.getKey())
              .isEqualTo("METHOD_NOT_ALLOWED");
          assertThat(answer.header("Allow").split(", "))
              .containsAll(documented.keySet().stream().map(Enum::name).toList());
        }
      }
    }
  }

  @Test
  void everyRouteIsDocumented() {
    List<String> documented =
        document.getPaths().entrySet().stream()
            .flatMap(path ->
                path.getValue().readOperationsMap().keySet().stream()
                    .map(method -> method + " " + path.getKey()))
            .sorted()
            .toList();
    assertThat(edge.routes()).containsExactlyElementsOf(documented);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/v2/maps",
        "/v1",
        "/v1/",
        "//v1//",
        "/v1//maps",
        "/v1/;x=/maps",
        "/v1/maps/",
        "/v1/maps/m/entries2/k",
        "/v1/topics",
        "/v1/topics/t/messages",
        "/V1/maps",
        "/actuator",
        "/actuator/health",
        "/debug",
        "/console",
        "/favicon.ico",
        "/api",
        "/api/tenants/",
        "/api/tenants/acme/audit",
        "/api/tenants/acme/export",
        "/api/tenants/acme/archive",
        "/api/tenants/acme/branches",
        "/api/tenants/import/x",
        "/api/jobs/1",
        "/api/usage/top",
        "/api/audit",
        "/cluster/members",
        "/docs/",
        "/docs/a/b",
        "/docs/..%2fopenapi.json",
        "/webjars/swagger-ui/index.html",
        "/%76%31/maps"
      })
  void whatIsNotDocumentedIsNotThere(String path) throws IOException {
    for (String method : METHODS) {
      var answer = edge.admin().send(method, path, null);
      assertThat(answer.status()).as("%s %s", method, path).isIn(404, 405);
    }
    assertThat(edge.admin().get(path).code()).isEqualTo("NOT_FOUND");
  }

  @Test
  void theErrorCodesOfTheDocumentAreThoseOfTheServer() {
    List<String> served =
        Arrays.stream(io.atoll.refusal.ErrorCode.values()).map(Enum::name).toList();
    List<?> documented =
        ((io.swagger.v3.oas.models.media.Schema<?>)
                document.getComponents().getSchemas().get("Problem").getProperties().get("code"))
            .getEnum();
    assertThat(documented).allSatisfy(code -> assertThat(served).contains(code.toString()));
  }

  @Test
  void theBrowsablePageComesWithAStrictPolicy() throws IOException {
    var page = edge.as("").get("/docs");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Security-Policy"))
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'");
    assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
    for (String part : List.of("start.js", "swagger-ui.css", "swagger-ui-bundle.js")) {
      assertThat(page.text()).contains("/docs/" + part);
      assertThat(edge.as("").get("/docs/" + part).status()).isEqualTo(200);
    }
    assertThat(page.text().toLowerCase(Locale.ROOT)).doesNotContain("<script>");
  }

  private static String filled(String path) {
    return path.replace("{file}", "start.js").replaceAll("\\{[a-zA-Z]+}", "some");
  }
}
