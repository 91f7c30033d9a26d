package io.atoll.http.listener;

import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The checks of a request's head that come before anything else is done with it. */
final class RequestHead {
  private RequestHead() {}

  /** What is wrong with the head, or null. */
  static @Nullable EdgeRefusal flaw(HttpRequest request, ListenerSettings.Sizes sizes) {
    DecoderResult result = request.decoderResult();
    if (result.isFailure()) {
      return flaw(result.cause());
    }
    HttpHeaders headers = request.headers();
    if (request.uri().length() > sizes.maxUri()) {
      return EdgeRefusal.URI_SIZE;
    }
    if (headers.size() > sizes.maxHeaders()) {
      return EdgeRefusal.HEADER_SIZE;
    }
    if (!visibleAscii(request.uri())) {
      return EdgeRefusal.TARGET;
    }
    if (hostMissing(request)) {
      return EdgeRefusal.HOST;
    }
    return bodyFlaw(request, sizes.maxBody());
  }

  static EdgeRefusal flaw(Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return EdgeRefusal.URI_SIZE;
    }
    if (cause instanceof TooLongHttpHeaderException) {
      return EdgeRefusal.HEADER_SIZE;
    }
    return cause instanceof FramingException ? EdgeRefusal.FRAMING : EdgeRefusal.MALFORMED;
  }

  private static @Nullable EdgeRefusal bodyFlaw(HttpRequest request, int maxBody) {
    HttpHeaders headers = request.headers();
    List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
    if (!codings.isEmpty()
        && (codings.size() > 1
            || !HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.getFirst().strip())
            || request.protocolVersion().equals(HttpVersion.HTTP_1_0))) {
      return EdgeRefusal.FRAMING;
    }
    if (codings.isEmpty() && HttpUtil.getContentLength(request, 0L) > maxBody) {
      return EdgeRefusal.BODY_SIZE;
    }
    String expect = headers.get(HttpHeaderNames.EXPECT);
    if (expect != null && !HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expect)) {
      return EdgeRefusal.EXPECTATION;
    }
    String coding = headers.get(HttpHeaderNames.CONTENT_ENCODING);
    boolean identity = coding == null || HttpHeaderValues.IDENTITY.contentEqualsIgnoreCase(coding);
    return identity ? null : EdgeRefusal.CODING;
  }

  private static boolean hostMissing(HttpRequest request) {
    int hosts = request.headers().getAll(HttpHeaderNames.HOST).size();
    return hosts > 1 || (hosts == 0 && !request.protocolVersion().equals(HttpVersion.HTTP_1_0));
  }

  private static boolean visibleAscii(String target) {
    for (int i = 0; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c <= ' ' || c >= 0x7f) {
        return false;
      }
    }
    return true;
  }
}
