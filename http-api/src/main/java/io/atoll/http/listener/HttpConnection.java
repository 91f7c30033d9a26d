package io.atoll.http.listener;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.RequestEntity;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One HTTP/1.1 connection. Requests are answered one at a time in their order; what a client
 * pipelines waits decoded, at most one network read of it, and nothing more is read meanwhile.
 * Confined to the event loop.
 */
final class HttpConnection extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);

  private final ListenerContext listener;
  private final Channel channel;
  private final AnswerWriter writer;
  private final Patience patience;
  private final Intake intake;
  private final Backlog waiting = new Backlog();
  private @Nullable Exchange exchange;
  private boolean stopping;
  private boolean leaving;
  private boolean inputEnded;

  /** Whether the present read completed a part of a request. */
  private boolean complete;

  HttpConnection(ListenerContext listener, Channel channel) {
    this.listener = listener;
    this.channel = channel;
    this.writer = new AnswerWriter(channel, listener.materializer());
    this.patience =
        new Patience(listener.settings().timeouts(), channel.eventLoop(), this::expired);
    this.intake = new Intake(listener, channel, this::pump);
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    patience.head();
    channel.read();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (leaving || !(message instanceof HttpObject part)) {
      ReferenceCountUtil.release(message);
    } else {
      complete = true;
      waiting.add(part);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    pump();
    if (exchange == null && !leaving && !complete) {
      patience.head();
    }
    complete = false;
    readOn();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (exchange != null && exchange.outflow != null && channel.isWritable()) {
      exchange.outflow.writable();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      inputEnded();
    } else if (event == ListenerStop.EVENT) {
      stop();
    } else {
      context.fireUserEventTriggered(event);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    release();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.debug("connection {} failed", channel, cause);
    Departure.close(channel);
  }

  /** Hands the upgraded connection over: nothing of HTTP happens on it any more. */
  void release() {
    leaving = true;
    patience.end();
    waiting.clear();
    if (exchange != null) {
      exchange.body.fail(new ClientGoneException());
      if (exchange.outflow != null) {
        exchange.outflow.abort();
      }
    }
  }

  private void pump() {
    waiting.drain(this::takes, this::take);
    readOn();
  }

  private boolean takes() {
    return exchange == null
        || leaving
        || (!exchange.received && !exchange.answered && exchange.body.ready());
  }

  private void take(HttpObject part) {
    if (part instanceof HttpRequest head && exchange == null && !leaving) {
      begin(head);
    }
    if (part instanceof HttpContent content && exchange != null && !leaving) {
      receive(exchange, content);
    }
  }

  private void begin(HttpRequest head) {
    Exchange begun = intake.begin(head);
    exchange = begun;
    EdgeRefusal flaw = intake.flaw(begun);
    if (flaw != null) {
      refuse(begun, flaw);
    } else {
      intake.encourage(begun);
      patience.body();
    }
  }

  private void receive(Exchange current, HttpContent content) {
    if (current.answered) {
      return;
    }
    if (content.decoderResult().isFailure()) {
      refuse(current, RequestHead.flaw(content.decoderResult().cause()));
      return;
    }
    RequestEntity entity = current.body.add(content.content());
    if (current.body.received() > listener.settings().sizes().maxBody()) {
      refuse(current, EdgeRefusal.BODY_SIZE);
      return;
    }
    if (content instanceof LastHttpContent) {
      current.received = true;
      patience.none();
      RequestEntity whole = current.body.end();
      entity = whole != null ? whole : entity;
    }
    if (entity != null) {
      call(current, entity);
    }
  }

  private void call(Exchange current, RequestEntity entity) {
    if (current.upgrade) {
      new SocketUpgrade(listener, channel, this, current).decide(entity);
      return;
    }
    intake
        .answer(current, entity)
        .whenComplete((response, failure) -> {
          if (channel.eventLoop().inEventLoop()) {
            answered(current, response, failure);
          } else {
            channel.eventLoop().execute(() -> answered(current, response, failure));
          }
        });
  }

  void answered(Exchange current, @Nullable HttpResponse response, @Nullable Throwable failure) {
    if (response == null) {
      if (current.answered || leaving) {
        return;
      }
      LOG.error("request {} failed", current.arrival.requestId(), failure);
      refuse(current, EdgeRefusal.FAULT);
    } else if (current.answered || leaving) {
      writer.drop(response);
    } else {
      send(current, response, current.keepAlive() && !noMore());
    }
  }

  void refuse(Exchange current, EdgeRefusal refusal) {
    if (current.answered || leaving) {
      return;
    }
    current.body.fail(new ClientGoneException());
    send(current, refusal.response(current.arrival.requestId()), false);
  }

  private void send(Exchange current, HttpResponse response, boolean keepAlive) {
    current.answered = true;
    boolean goesOn = keepAlive && (current.chunkable() || response.entity().isStrict());
    current.outflow =
        writer.write(
            current, response, goesOn, (success, last) -> written(current, success, last, goesOn));
    if (exchange == current && !leaving) {
      patience.answer();
    }
  }

  private void written(Exchange current, boolean success, boolean last, boolean goesOn) {
    patience.progressed();
    if (exchange != current || leaving) {
      return;
    }
    if (!success) {
      Departure.close(channel);
    } else if (last && goesOn && !noMore()) {
      exchange = null;
      patience.nextRequest();
      pump();
    } else if (last) {
      leave(current);
    } else if (current.outflow != null) {
      current.outflow.writable();
    }
  }

  /** Closes, after what the client still sends was read for a while: it must see the answer. */
  private void leave(Exchange current) {
    exchange = null;
    release();
    if (current.received || inputEnded) {
      Departure.close(channel);
    } else {
      Departure.linger(channel);
    }
  }

  private void inputEnded() {
    inputEnded = true;
    boolean awaited = exchange != null && exchange.received && exchange.outflow == null;
    if (!awaited && waiting.isEmpty()) {
      Departure.close(channel);
    }
  }

  /** Whether no request comes after this one. */
  private boolean noMore() {
    return stopping
        || (inputEnded && waiting.isEmpty())
        || (listener.dismissing().get() && waiting.isEmpty());
  }

  private void stop() {
    stopping = true;
    if (exchange == null) {
      Departure.close(channel);
    } else if (exchange.outflow != null && exchange.outflow.endless()) {
      Departure.close(channel);
    }
  }

  private void expired() {
    Exchange current = exchange;
    if (current == null) {
      noRequest();
    } else if (current.answered) {
      if (!patience.answerGoesOn(Departure.pending(channel))) {
        Departure.close(channel);
      }
    } else if (!current.received && !patience.bodyGoesOn(current)) {
      refuse(current, EdgeRefusal.TIMEOUT);
    }
  }

  private void noRequest() {
    if (patience.awaitsHead()) {
      Exchange none = intake.none();
      exchange = none;
      refuse(none, EdgeRefusal.TIMEOUT);
    } else {
      Departure.close(channel);
    }
  }

  private void readOn() {
    if (waiting.isEmpty() && !leaving && !inputEnded) {
      channel.read();
    }
  }
}
