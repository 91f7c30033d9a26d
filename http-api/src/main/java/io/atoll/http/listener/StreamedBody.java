package io.atoll.http.listener;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * Writes a streamed body. One element is asked for at a time, and only while the connection takes
 * more, so a slow reader slows the source. A source that fails breaks the connection off, which is
 * how a client knows that the body is not whole.
 */
final class StreamedBody implements Outflow, Subscriber<ByteString> {
  private final Channel channel;
  private final AnswerProgress progress;
  private final boolean endless;
  private @Nullable Subscription subscription;
  private boolean asked;
  private boolean ended;

  StreamedBody(Channel channel, boolean endless, AnswerProgress progress) {
    this.channel = channel;
    this.endless = endless;
    this.progress = progress;
  }

  @Override
  public void onSubscribe(Subscription made) {
    channel.eventLoop().execute(() -> subscribed(made));
  }

  @Override
  public void onNext(ByteString part) {
    channel.eventLoop().execute(() -> write(part));
  }

  @Override
  public void onComplete() {
    channel.eventLoop().execute(this::finish);
  }

  @Override
  public void onError(Throwable failure) {
    channel.eventLoop().execute(() -> Departure.close(channel));
  }

  @Override
  public void writable() {
    if (subscription != null && !asked && !ended && channel.isWritable()) {
      asked = true;
      subscription.request(1);
    }
  }

  @Override
  public void abort() {
    if (!ended) {
      ended = true;
      if (subscription != null) {
        subscription.cancel();
      }
    }
  }

  @Override
  public boolean endless() {
    return endless;
  }

  private void subscribed(Subscription made) {
    subscription = made;
    if (ended) {
      made.cancel();
    } else {
      writable();
    }
  }

  private void write(ByteString part) {
    asked = false;
    if (ended) {
      return;
    }
    channel
        .writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(part.toArrayUnsafe())))
        .addListener(future -> progress.written(future.isSuccess(), false));
    writable();
  }

  private void finish() {
    if (!ended) {
      ended = true;
      channel
          .writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT)
          .addListener(future -> progress.written(future.isSuccess(), true));
    }
  }
}
