package io.atoll.http.problem;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import io.atoll.quota.Denial;
import io.atoll.refusal.ErrorCode;
import io.atoll.refusal.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.jspecify.annotations.Nullable;

/** Writes refusals as {@code application/problem+json}. */
public final class Problems {
  private static final JsonFactory JSON = new JsonFactory();
  private static final ContentType PROBLEM = ContentTypes.parse("application/problem+json");

  /** What every missing tenant is told, so that another's tenant cannot be told from none. */
  private static final String NO_TENANT = "there is no such tenant";

  private Problems() {}

  public static HttpResponse response(Refusal refusal, String requestId) {
    ErrorCode code = refusal.code();
    HttpResponse response =
        HttpResponse.create()
            .withStatus(StatusCodes.get(code.status()))
            .withEntity(PROBLEM, document(refusal, requestId));
    if (code == ErrorCode.UNAUTHENTICATED) {
      response = response.addHeader(RawHeader.create("WWW-Authenticate", "Bearer"));
    }
    long retryAfter = refusal.retryAfterMs();
    return retryAfter < 0
        ? response
        : response.addHeader(
            RawHeader.create("Retry-After", Long.toString(Math.ceilDiv(retryAfter, 1_000L))));
  }

  /** The problem document itself, as it also stands for an item of a batch. */
  public static byte[] document(Refusal refusal, String requestId) {
    ByteArrayBuilder bytes = new ByteArrayBuilder(256);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("type", "about:blank");
      json.writeStringField("title", title(refusal.code()));
      json.writeNumberField("status", refusal.code().status());
      json.writeStringField("detail", detail(refusal));
      json.writeStringField("code", refusal.code().name());
      json.writeStringField("requestId", requestId);
      quota(json, refusal.denial());
      if (refusal.retryAfterMs() >= 0) {
        json.writeNumberField("retryAfter", refusal.retryAfterMs());
      }
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory failed", impossible);
    }
    return bytes.toByteArray();
  }

  private static void quota(JsonGenerator json, @Nullable Denial denial) throws IOException {
    if (denial == null) {
      return;
    }
    json.writeStringField("quota", denial.quota());
    json.writeNumberField("current", denial.current());
    json.writeNumberField("limit", denial.limit());
  }

  private static String detail(Refusal refusal) {
    return refusal.code() == ErrorCode.TENANT_NOT_FOUND ? NO_TENANT : refusal.detail();
  }

  private static String title(ErrorCode code) {
    String words = code.name().replace('_', ' ').toLowerCase(java.util.Locale.ROOT);
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
