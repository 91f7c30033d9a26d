package io.atoll.http.listener;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.concurrent.Executor;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.RequestEntity;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.OverflowStrategy;
import org.apache.pekko.stream.QueueOfferResult;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.SourceQueueWithComplete;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Takes in a request's body: whole as long as it is small, else as a stream of which the next part
 * is taken only when the last one was. Confined to the event loop, {@code wake} is called there.
 */
final class RequestBody {
  private final int strictBytes;
  private final ContentType type;
  private final long declared;
  private final Materializer materializer;
  private final Executor loop;
  private final Runnable wake;
  private byte[] gathered;
  private int size;
  private long received;
  private boolean offering;
  private boolean unwanted;
  private @Nullable SourceQueueWithComplete<ByteString> queue;

  /** A body of {@code declared} bytes, -1 when it comes in chunks. */
  RequestBody(
      ListenerSettings.Sizes sizes,
      ContentType type,
      long declared,
      Materializer materializer,
      Executor loop,
      Runnable wake) {
    this.strictBytes = sizes.strictBody();
    this.type = type;
    this.declared = declared;
    this.materializer = materializer;
    this.loop = loop;
    this.wake = wake;
    this.gathered = new byte[declared < 0 ? 1024 : (int) Math.min(declared, strictBytes)];
  }

  long received() {
    return received;
  }

  boolean ready() {
    return !offering;
  }

  /** Takes a part; answers with the entity when the body turns into a stream just now. */
  @Nullable RequestEntity add(ByteBuf part) {
    int bytes = part.readableBytes();
    received += bytes;
    if (unwanted || bytes == 0) {
      return null;
    }
    if (queue != null) {
      offer(queue, copy(part));
      return null;
    }
    if (size + bytes > strictBytes) {
      return stream(part);
    }
    gather(part, bytes);
    return null;
  }

  /** Ends the body; answers with the entity unless it was a stream before. */
  @Nullable RequestEntity end() {
    if (queue != null) {
      queue.complete();
      return null;
    }
    byte[] whole = size == gathered.length ? gathered : Arrays.copyOf(gathered, size);
    return HttpEntities.create(type, ByteString.fromArrayUnsafe(whole));
  }

  /** Ends a stream with a failure: the rest will not come. */
  void fail(Throwable cause) {
    if (queue != null) {
      queue.fail(cause);
    }
  }

  private void gather(ByteBuf part, int bytes) {
    if (size + bytes > gathered.length) {
      gathered = Arrays.copyOf(gathered, Math.max(size + bytes, gathered.length * 2));
    }
    part.readBytes(gathered, size, bytes);
    size += bytes;
  }

  private RequestEntity stream(ByteBuf part) {
    Pair<SourceQueueWithComplete<ByteString>, Source<ByteString, ?>> pair = open();
    queue = pair.first();
    ByteString first = ByteString.fromArrayUnsafe(gathered, 0, size).concat(copy(part));
    gathered = new byte[0];
    offer(queue, first);
    return declared < 0
        ? HttpEntities.createChunked(type, pair.second())
        : HttpEntities.create(type, declared, pair.second());
  }

  private Pair<SourceQueueWithComplete<ByteString>, Source<ByteString, ?>> open() {
    var made =
        Source.<ByteString>queue(1, OverflowStrategy.backpressure()).preMaterialize(materializer);
    return Pair.create(made.first(), made.second());
  }

  private void offer(SourceQueueWithComplete<ByteString> target, ByteString part) {
    offering = true;
    target
        .offer(part)
        .whenComplete((result, failure) -> loop.execute(() -> offered(result, failure)));
  }

  private void offered(@Nullable QueueOfferResult result, @Nullable Throwable failure) {
    offering = false;
    unwanted = failure != null || !QueueOfferResult.enqueued().equals(result);
    wake.run();
  }

  private static ByteString copy(ByteBuf part) {
    byte[] bytes = new byte[part.readableBytes()];
    part.readBytes(bytes);
    return ByteString.fromArrayUnsafe(bytes);
  }
}
