package io.atoll.http.listener;

import io.atoll.http.socket.SocketAcceptor;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.Materializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An open port: every connection on it calls the API and the acceptor of WebSockets. */
public final class HttpListener {
  private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);

  private final EventLoopGroup loops;
  private final ChannelGroup connections;
  private final Channel server;
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();

  private final AtomicBoolean dismissing;

  private HttpListener(EventLoopGroup loops, ListenerContext context, Channel server) {
    this.loops = loops;
    this.connections = context.connections();
    this.dismissing = context.dismissing();
    this.server = server;
  }

  /** Opens the port; fails with {@link IOException} for files or an address that cannot be used. */
  public static HttpListener open(
      ListenerSettings settings,
      Materializer materializer,
      Function<HttpRequest, CompletionStage<HttpResponse>> api,
      SocketAcceptor sockets)
      throws IOException {
    TlsContext tls = settings.tls().isPresent() ? new TlsContext(settings.tls().get()) : null;
    ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    ListenerContext context =
        new ListenerContext(
            settings,
            api,
            sockets,
            materializer,
            new ClientAddresses(settings.trustedProxies()),
            new Origins(settings.allowedOrigins()),
            connections,
            new AtomicBoolean());
    EventLoopGroup loops =
        new MultiThreadIoEventLoopGroup(
            settings.threads(),
            new DefaultThreadFactory("atoll-http"),
            settings.transport().handlers());
    if (tls != null) {
      long interval = settings.tls().get().checkInterval().toMillis();
      loops
          .scheduleWithFixedDelay(tls::refresh, interval, interval, TimeUnit.MILLISECONDS)
          .addListener(ended -> LOG.debug("TLS files are not watched any more"));
    }
    Channel server = bind(settings, loops, new ConnectionInitializer(context, tls));
    return new HttpListener(loops, context, server);
  }

  /** The port that is open, also when a free one was asked for. */
  public int port() {
    return ((InetSocketAddress) server.localAddress()).getPort();
  }

  /** Requests and sockets that are open now. */
  public int connections() {
    return connections.size();
  }

  /**
   * From now on each answer is the last of its connection ({@code Connection: close}), so that
   * clients go elsewhere without a request that is cut off.
   */
  public void dismiss() {
    dismissing.set(true);
  }

  /**
   * Closes the port at once, lets requests in flight end and closes sockets with 1012; what is
   * still open after {@code grace} is cut off. A second stop waits for the first.
   */
  public CompletionStage<Void> stop(Duration grace) {
    if (stopping.compareAndSet(false, true)) {
      server.close().addListener(closed -> drain(grace));
    }
    return stopped;
  }

  private void drain(Duration grace) {
    connections.forEach(channel ->
        channel
            .eventLoop()
            .execute(() -> channel.pipeline().fireUserEventTriggered(ListenerStop.EVENT)));
    var cut = loops.schedule(this::cut, grace.toMillis(), TimeUnit.MILLISECONDS);
    connections
        .newCloseFuture()
        .addListener(closed -> {
          cut.cancel(false);
          end();
        });
  }

  private void cut() {
    connections.close().addListener(closed -> LOG.info("cut off what was still open"));
  }

  private void end() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).addListener(ended -> stopped.complete(null));
  }

  private static Channel bind(
      ListenerSettings settings, EventLoopGroup loops, ConnectionInitializer initializer)
      throws IOException {
    int buffer = settings.sizes().buffer();
    var reads = new AdaptiveRecvByteBufAllocator(512, Math.min(4096, buffer), buffer);
    var bound =
        new ServerBootstrap()
            .group(loops)
            .channel(settings.transport().serverChannel())
            .option(ChannelOption.SO_BACKLOG, 1024)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childOption(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.RECVBUF_ALLOCATOR, reads.maxMessagesPerRead(1))
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(buffer / 2, buffer))
            .childHandler(initializer)
            .bind(new InetSocketAddress(settings.host(), settings.port()))
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
      throw new IOException(
          "cannot listen on %s:%d".formatted(settings.host(), settings.port()), bound.cause());
    }
    return bound.channel();
  }
}
