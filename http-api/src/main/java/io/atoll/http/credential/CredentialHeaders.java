package io.atoll.http.credential;

import io.atoll.refusal.ErrorCode;
import io.atoll.refusal.Refusal;
import java.util.Locale;
import java.util.Set;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.jspecify.annotations.Nullable;

/** Where a request carries its credential: one header, named once, and never the query. */
public final class CredentialHeaders {
  private static final String AUTHORIZATION = "authorization";
  private static final String API_KEY = "x-api-key";
  private static final String BEARER = "bearer ";
  private static final Set<String> QUERY_NAMES =
      Set.of("api_key", "apikey", "api-key", "key", "token", "access_token", "auth", "credential");

  private CredentialHeaders() {}

  /** What a request says about its caller. */
  public sealed interface Found {
    /** The credential's text. */
    record Text(String credential) implements Found {
      @Override
      public String toString() {
        return "Text[hidden]";
      }
    }

    record Missing() implements Found {}

    record Malformed(Refusal refusal) implements Found {}
  }

  /** Finds the credential; {@code target} is the raw path and query of the request. */
  public static Found find(HttpRequest request, String target) {
    if (queryHolds(target)) {
      return malformed("a credential belongs into a header, never into the query");
    }
    String text = null;
    for (HttpHeader header : request.getHeaders()) {
      boolean bearer = header.name().equalsIgnoreCase(AUTHORIZATION);
      if (!bearer && !header.name().equalsIgnoreCase(API_KEY)) {
        continue;
      }
      if (text != null) {
        return malformed("one Authorization or X-API-Key header, not more");
      }
      text = bearer ? bearer(header.value()) : header.value().strip();
      if (text == null) {
        return new Found.Malformed(
            Refusal.of(ErrorCode.UNAUTHENTICATED, "Authorization must be Bearer"));
      }
    }
    return text == null || text.isEmpty() ? new Found.Missing() : new Found.Text(text);
  }

  private static @Nullable String bearer(String value) {
    return value.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? value.substring(BEARER.length()).strip()
        : null;
  }

  private static boolean queryHolds(String target) {
    int at = target.indexOf('?');
    while (at >= 0) {
      int next = target.indexOf('&', at + 1);
      int equals = target.indexOf('=', at + 1);
      int end = next < 0 ? target.length() : next;
      int nameEnd = equals < 0 || equals > end ? end : equals;
      if (QUERY_NAMES.contains(target.substring(at + 1, nameEnd).toLowerCase(Locale.ROOT))) {
        return true;
      }
      at = next;
    }
    return false;
  }

  private static Found malformed(String detail) {
    return new Found.Malformed(Refusal.of(ErrorCode.INVALID_REQUEST, detail));
  }
}
