package io.atoll.http.route;

import io.atoll.refusal.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/** The OpenAPI document, and a page to browse it, all from the class path. */
final class DocRoutes {
  private static final ContentType SCRIPT = ContentTypes.parse("text/javascript; charset=utf-8");
  private static final ContentType STYLE = ContentTypes.parse("text/css; charset=utf-8");
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
          + "img-src 'self' data:; connect-src 'self'; form-action 'none'; base-uri 'none'; "
          + "frame-ancestors 'none'";

  private final Map<String, Page> pages;

  DocRoutes() {
    String webjar = "/META-INF/resources/webjars/swagger-ui/" + version() + "/";
    this.pages =
        Map.of(
            "", new Page(ContentTypes.TEXT_HTML_UTF8, read("/io/atoll/http/docs/index.html")),
            "start.js", new Page(SCRIPT, read("/io/atoll/http/docs/start.js")),
            "swagger-ui.css", new Page(STYLE, read(webjar + "swagger-ui.css")),
            "swagger-ui-bundle.js", new Page(SCRIPT, read(webjar + "swagger-ui-bundle.js")));
  }

  void addTo(RouteTable table) {
    byte[] document = read("/io/atoll/http/openapi.json");
    table
        .add(
            "GET",
            "/openapi.json",
            call -> CompletableFuture.completedFuture(Json.response(200, document)))
        .add("GET", "/docs", call -> page(""))
        .add("GET", "/docs/{file}", call -> page(call.name(0)));
  }

  private CompletionStage<HttpResponse> page(String name) {
    Page page = pages.get(name);
    if (page == null) {
      throw RefusedException.of(ErrorCode.NOT_FOUND, "there is no such page");
    }
    return CompletableFuture.completedFuture(
        HttpResponse.create()
            .withEntity(page.type, page.bytes)
            .addHeader(RawHeader.create("Content-Security-Policy", POLICY))
            .addHeader(RawHeader.create("Referrer-Policy", "no-referrer")));
  }

  private static String version() {
    Properties properties = new Properties();
    try (InputStream in = open("/META-INF/maven/org.webjars/swagger-ui/pom.properties")) {
      properties.load(in);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return properties.getProperty("version");
  }

  private static byte[] read(String resource) {
    try (InputStream in = open(resource)) {
      return in.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static InputStream open(String resource) throws IOException {
    InputStream in = DocRoutes.class.getResourceAsStream(resource);
    if (in == null) {
      throw new IOException("not on the class path: " + resource);
    }
    return in;
  }

  @SuppressWarnings("ArrayRecordComponent") // Read once, never changed or compared.
  private record Page(ContentType type, byte[] bytes) {}
}
