package io.atoll.http.listener;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethod;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.RequestEntity;
import org.apache.pekko.http.javadsl.model.RequestEntityAcceptances;
import org.apache.pekko.http.javadsl.model.Uri;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.jspecify.annotations.Nullable;
import org.parboiled2.ParserInput;

/**
 * Turns a request of the wire into one of the API's model. A HEAD becomes the GET it asks about.
 */
final class RequestModel {
  private static final Map<String, HttpMethod> METHODS =
      Map.of(
          "GET", HttpMethods.GET,
          "HEAD", HttpMethods.GET,
          "PUT", HttpMethods.PUT,
          "POST", HttpMethods.POST,
          "DELETE", HttpMethods.DELETE,
          "PATCH", HttpMethods.PATCH,
          "OPTIONS", HttpMethods.OPTIONS,
          "TRACE", HttpMethods.TRACE,
          "CONNECT", HttpMethods.CONNECT);

  /** Fields that belong to the connection or are told by the entity. */
  private static final AsciiString[] NOT_PASSED_ON = {
    AsciiString.cached("connection"),
    AsciiString.cached("keep-alive"),
    AsciiString.cached("transfer-encoding"),
    AsciiString.cached("content-length"),
    AsciiString.cached("expect"),
    AsciiString.cached("te")
  };

  /** Stands for every target that is sound: routes read the target as it was sent. */
  private static final Uri SOUND = Uri.create("/");

  private RequestModel() {}

  static org.apache.pekko.http.javadsl.model.HttpRequest of(
      HttpRequest head, RequestEntity entity, Arrival arrival) {
    return arrival.attachTo(
        org.apache.pekko.http.javadsl.model.HttpRequest.create()
            .withMethod(method(head.method().name()))
            .withUri(uri(arrival.target()))
            .withHeaders(headers(head))
            .withEntity(entity));
  }

  /**
   * The path and query of a request target, or null when it has none: what remains of the absolute
   * form is what follows the authority.
   */
  static @Nullable String target(String target) {
    if (target.startsWith("/")) {
      return target;
    }
    int scheme = target.startsWith("http://") ? 7 : target.startsWith("https://") ? 8 : -1;
    if (scheme < 0) {
      return null;
    }
    int path = target.indexOf('/', scheme);
    return path < 0 ? "/" : target.substring(path);
  }

  static ContentType contentType(HttpRequest head) {
    String text = head.headers().get(HttpHeaderNames.CONTENT_TYPE);
    if (text == null) {
      return ContentTypes.NO_CONTENT_TYPE;
    }
    if (text.equals("application/json")) {
      return ContentTypes.APPLICATION_JSON;
    }
    try {
      return ContentTypes.parse(text);
    } catch (IllegalArgumentException | NoSuchElementException unknown) {
      return ContentTypes.NO_CONTENT_TYPE;
    }
  }

  private static HttpMethod method(String name) {
    HttpMethod known = METHODS.get(name);
    return known != null
        ? known
        : HttpMethods.custom(name, false, false, RequestEntityAcceptances.Tolerated);
  }

  private static Uri uri(String target) {
    return isPlain(target) ? SOUND : parsed(target);
  }

  /** Whether a target is sound at first sight: a path and query without anything to escape. */
  private static boolean isPlain(String target) {
    if (target.startsWith("//")) {
      return false;
    }
    for (int i = 0; i < target.length(); i++) {
      char c = target.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!letter && (c < '0' || c > '9') && "/-._~".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  /** Fails for a target that is no path and query. */
  private static Uri parsed(String target) {
    return Uri.create(
        org.apache.pekko.http.scaladsl.model.Uri.parseHttpRequestTarget(
            ParserInput.apply(target), StandardCharsets.UTF_8, Uri.RELAXED));
  }

  private static List<HttpHeader> headers(HttpRequest head) {
    List<HttpHeader> headers = new ArrayList<>(head.headers().size());
    var fields = head.headers().iteratorCharSequence();
    while (fields.hasNext()) {
      Map.Entry<CharSequence, CharSequence> field = fields.next();
      if (isPassedOn(field.getKey())) {
        headers.add(RawHeader.create(field.getKey().toString(), field.getValue().toString()));
      }
    }
    return headers;
  }

  private static boolean isPassedOn(CharSequence name) {
    for (AsciiString other : NOT_PASSED_ON) {
      if (other.contentEqualsIgnoreCase(name)) {
        return false;
      }
    }
    return true;
  }
}
