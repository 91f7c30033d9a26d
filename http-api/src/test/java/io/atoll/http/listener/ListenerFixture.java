package io.atoll.http.listener;

import com.typesafe.config.ConfigFactory;
import io.atoll.http.socket.SocketAcceptor;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.Materializer;

/** A listener on a free port with its own actor system. */
public final class ListenerFixture implements AutoCloseable {
  /** How long tests wait for what does happen. */
  static final Duration BOUND = Duration.ofSeconds(60);

  private static final SocketAcceptor NO_SOCKETS =
      request -> {
        throw new IllegalStateException("no sockets here");
      };

  private final ActorSystem<Void> system;
  private final HttpListener listener;

  private ListenerFixture(ActorSystem<Void> system, HttpListener listener) {
    this.system = system;
    this.listener = listener;
  }

  /** Opens a listener; {@code overrides} are keys of {@code atoll.http.listener}, as HOCON. */
  public static ListenerFixture open(
      String overrides,
      Function<HttpRequest, CompletionStage<HttpResponse>> api,
      SocketAcceptor sockets)
      throws IOException {
    ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "listener");
    return new ListenerFixture(
        system,
        HttpListener.open(settings(overrides), Materializer.matFromSystem(system), api, sockets));
  }

  static ListenerFixture open(
      String overrides, Function<HttpRequest, CompletionStage<HttpResponse>> api)
      throws IOException {
    return open(overrides, api, NO_SOCKETS);
  }

  static ListenerSettings settings(String overrides) {
    return ListenerSettings.from(
        ConfigFactory.parseString("port = 0\n" + overrides)
            .withFallback(
                ConfigFactory.parseResources("reference.conf").getConfig("atoll.http.listener"))
            .resolve());
  }

  public HttpListener listener() {
    return listener;
  }

  public ActorSystem<Void> system() {
    return system;
  }

  public URI uri(String target) {
    return URI.create("http://127.0.0.1:" + listener.port() + target);
  }

  RawClient connect() throws IOException {
    return new RawClient(listener.port());
  }

  @Override
  public void close() {
    listener.stop(Duration.ofSeconds(1)).toCompletableFuture().join();
    system.terminate();
  }
}
