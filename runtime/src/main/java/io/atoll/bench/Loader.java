package io.atoll.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Opens the connections, lets the workers call, and puts their tallies together. */
final class Loader implements AutoCloseable {
  private static final int CONNECT_TIMEOUT_MS = 10_000;
  private static final int VALUE_SEED = 7;

  private final BenchSettings settings;
  private final Population population;
  private final Wire wire;
  private final Values values;
  private final EventLoopGroup group;
  private final @Nullable SslContext tls;
  private final List<Worker> workers;

  Loader(BenchSettings settings, Population population, Timeline timeline) {
    this.settings = settings;
    this.population = population;
    this.values = new Values(settings.data().valueBytes(), random(VALUE_SEED));
    this.wire = new Wire(settings, population, values);
    this.group =
        new MultiThreadIoEventLoopGroup(settings.load().threads(), NioIoHandler.newFactory());
    this.tls = tls(settings.target().url());
    this.workers =
        IntStream.range(0, settings.load().threads())
            .mapToObj(number -> worker(number, group.next(), timeline))
            .toList();
  }

  /** Opens all connections; fails with {@link BenchException} when one cannot be opened. */
  void open() {
    List<Link> all = new ArrayList<>();
    for (int number = 0; number < workers.size(); number++) {
      List<Link> links = links(number);
      workers.get(number).links(links);
      all.addAll(links);
    }
    all.forEach(link -> loopOf(link).execute(() -> connect(link)));
    for (Link link : all) {
      Await.opened(link.opened(), settings.target().url());
    }
  }

  /** Makes all calls; completes with what became of them. */
  CompletableFuture<Tallies> run() {
    long origin = System.nanoTime();
    Tallies sum = new Tallies(population.plans().size());
    CompletableFuture<Tallies> all = CompletableFuture.completedFuture(sum);
    for (Worker worker : workers) {
      all =
          all.thenCombine(
              worker.begin(origin),
              (total, part) -> {
                total.add(part);
                return total;
              });
    }
    return all;
  }

  /** Ends the run sooner; its result is of what was done until now. */
  void stop() {
    workers.forEach(Worker::stop);
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private Worker worker(int number, EventLoop loop, Timeline timeline) {
    Workload workload = new Workload(settings, population, values.count(), random(number));
    long from = settings.times().warmUp().toNanos();
    Recording recording =
        new Recording(
            population.plans().size(), from, settings.times().whole().toNanos(), timeline);
    return new Worker(settings, loop, workload, arrivals(number), recording, this::connect);
  }

  private @Nullable Arrivals arrivals(int worker) {
    int threads = settings.load().threads();
    return switch (settings.load().pace()) {
      case CLOSED -> null;
      case RATE ->
          new RateArrivals(settings.ramp().scaled(1.0 / threads), (double) worker / threads);
      case USERS -> new UserArrivals(settings.ramp(), users(worker), random(worker));
    };
  }

  /** The users whose connections are the worker's. */
  private List<UserArrivals.User> users(int worker) {
    int connections = settings.load().connections();
    int highest = (int) settings.load().ramp().highest();
    return IntStream.range(0, highest)
        .filter(user -> user % connections % settings.load().threads() == worker)
        .mapToObj(user -> new UserArrivals.User(user, interval(user)))
        .toList();
  }

  private long interval(int user) {
    int plan = population.planOf()[user % population.tenants().size()];
    return settings.interval(plan).orElseThrow().toNanos();
  }

  private List<Link> links(int worker) {
    return IntStream.range(0, settings.load().connections())
        .filter(number -> number % settings.load().threads() == worker)
        .mapToObj(number -> link(number, workers.get(worker)))
        .toList();
  }

  private Link link(int number, Worker worker) {
    URI url = settings.target().url();
    return settings.target().http()
        ? new HttpLink(number, worker, wire, url)
        : new SocketLink(number, settings.load().depth(), worker, wire, url);
  }

  private EventLoop loopOf(Link link) {
    return workers.get(link.number() % workers.size()).loop();
  }

  private void connect(Link link) {
    URI url = settings.target().url();
    ChannelFuture connecting =
        new Bootstrap()
            .group(loopOf(link))
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MS)
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    if (tls != null) {
                      channel
                          .pipeline()
                          .addLast(tls.newHandler(channel.alloc(), url.getHost(), port(url)));
                    }
                    link.install(channel.pipeline());
                  }
                })
            .connect(url.getHost(), port(url));
    connecting.addListener(done -> {
      if (!done.isSuccess()) {
        link.failed(done.cause());
      }
    });
  }

  private static int port(URI url) {
    if (url.getPort() >= 0) {
      return url.getPort();
    }
    return url.getScheme().equals("https") ? 443 : 80;
  }

  private static @Nullable SslContext tls(URI url) {
    if (!url.getScheme().equals("https")) {
      return null;
    }
    try {
      return SslContextBuilder.forClient().endpointIdentificationAlgorithm("HTTPS").build();
    } catch (SSLException e) {
      throw new BenchException("TLS cannot be used: " + e.getMessage());
    }
  }

  private static RandomGenerator random(long seed) {
    return new SplittableRandom(seed);
  }
}
