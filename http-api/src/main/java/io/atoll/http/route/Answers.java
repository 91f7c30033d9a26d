package io.atoll.http.route;

import io.atoll.http.problem.Problems;
import io.atoll.quota.RateStatus;
import io.atoll.refusal.ErrorCode;
import io.atoll.refusal.Refusal;
import io.atoll.tenant.TenantReply;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.jspecify.annotations.Nullable;

/** Turns replies of tenants into responses. */
final class Answers {
  /** What stands for "no limit" in the RateLimit fields: the largest integer they can hold. */
  private static final long UNLIMITED = 999_999_999_999_999L;

  private Answers() {}

  static HttpResponse empty() {
    return HttpResponse.create().withStatus(StatusCodes.NO_CONTENT);
  }

  /** The response to a reply of the expected kind; a refusal is thrown. */
  static <T extends TenantReply> HttpResponse expect(
      TenantReply reply, Class<T> kind, Function<T, HttpResponse> response) {
    if (reply instanceof TenantReply.Refused refused) {
      throw new RefusedException(refused.refusal());
    }
    if (!kind.isInstance(reply)) {
      throw new IllegalStateException("a tenant answered with " + reply.getClass());
    }
    return response.apply(kind.cast(reply));
  }

  static HttpResponse refused(Call call, Refusal refusal) {
    return Problems.response(refusal, call.requestId());
  }

  static HttpResponse refused(String requestId, ErrorCode code, String detail) {
    return Problems.response(Refusal.of(code, detail), requestId);
  }

  /** Tells the tenant's operations rate, if it is known. */
  static HttpResponse withRate(HttpResponse response, @Nullable RateStatus rate) {
    if (rate == null) {
      return response;
    }
    boolean unlimited = rate.limit() < 0;
    long quota = unlimited ? UNLIMITED : rate.limit();
    long left = unlimited ? UNLIMITED : rate.remaining();
    long seconds = Math.ceilDiv(rate.resetMs(), 1_000L);
    return response
        .addHeader(RawHeader.create("RateLimit-Policy", "\"ops\";q=" + quota + ";w=1"))
        .addHeader(RawHeader.create("RateLimit", "\"ops\";r=" + left + ";t=" + seconds));
  }
}
