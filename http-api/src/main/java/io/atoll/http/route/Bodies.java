package io.atoll.http.route;

import io.atoll.refusal.ErrorCode;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.RequestEntity;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.StreamLimitReachedException;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** Reads the bodies of requests: JSON in UTF-8, up to a bound. */
final class Bodies {
  private static final Set<String> JSON = Set.of("application/json");
  private static final Set<String> PATCH =
      Set.of("application/json", "application/merge-patch+json");

  private final Materializer materializer;

  Bodies(Materializer materializer) {
    this.materializer = materializer;
  }

  /** The bytes of a JSON body. */
  CompletionStage<byte[]> json(Call call, int limit) {
    return read(call, limit, JSON);
  }

  /** The bytes of a JSON body; none where there is no body. */
  CompletionStage<byte[]> jsonIfAny(Call call, int limit) {
    return call.request().entity().isKnownEmpty()
        ? CompletableFuture.completedFuture(new byte[0])
        : json(call, limit);
  }

  /** The bytes of a JSON merge patch. */
  CompletionStage<byte[]> patch(Call call, int limit) {
    return read(call, limit, PATCH);
  }

  private CompletionStage<byte[]> read(Call call, int limit, Set<String> types) {
    checkType(call.header("Content-Type"), types);
    RequestEntity entity = call.request().entity();
    if (entity.getContentLengthOption().orElse(0) > limit) {
      throw tooLarge(limit);
    }
    if (entity instanceof HttpEntity.Strict strict) {
      return CompletableFuture.completedFuture(strict.getData().toArrayUnsafe());
    }
    return entity
        .getDataBytes()
        .limitWeighted(limit, part -> (long) part.size())
        .runFold(ByteString.emptyByteString(), ByteString::concat, materializer)
        .handle((bytes, failure) -> whole(bytes, failure, limit));
  }

  private static byte[] whole(@Nullable ByteString bytes, @Nullable Throwable failure, int limit) {
    if (bytes != null) {
      return bytes.toArrayUnsafe();
    }
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    throw cause instanceof StreamLimitReachedException
        ? tooLarge(limit)
        : RefusedException.invalid("the body ended early");
  }

  private static RefusedException tooLarge(int limit) {
    return RefusedException.of(
        ErrorCode.PAYLOAD_TOO_LARGE, "the body is above " + limit + " bytes");
  }

  private static void checkType(@Nullable String header, Set<String> types) {
    if (header == null || !fits(header, types)) {
      throw RefusedException.of(
          ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Content-Type must be application/json in UTF-8");
    }
  }

  private static boolean fits(String header, Set<String> types) {
    if (header.equals("application/json")) {
      return true;
    }
    String[] parts = header.toLowerCase(Locale.ROOT).split(";", -1);
    boolean utf8 = true;
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip().replace("\"", "");
      utf8 &= !parameter.startsWith("charset=") || parameter.equals("charset=utf-8");
    }
    return utf8 && types.contains(parts[0].strip());
  }
}
