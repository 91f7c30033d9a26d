package io.atoll.http.route;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.atoll.http.EdgeMetrics;
import io.atoll.http.HttpSettings;
import io.atoll.http.NodeStatus;
import io.atoll.http.listener.HttpListener;
import io.atoll.http.session.SessionAcceptor;
import io.atoll.http.session.SessionEnvironment;
import io.atoll.http.session.SessionSettings;
import io.atoll.http.session.Sessions;
import io.atoll.tenant.TenantActor;
import io.atoll.tenant.TenantDoors;
import io.atoll.tenant.TenantWorld;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.stream.Materializer;

/** The whole edge on a free port, in front of real tenants whose journal is in memory. */
final class EdgeFixture implements AutoCloseable {
  static final String ADMIN = "the-operators-own-key-for-tests";

  private static final Config NODE =
      ConfigFactory.parseString(
          """
          pekko.actor.provider = cluster
          pekko.actor.allow-java-serialization = off
          pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
          pekko.cluster.jmx.enabled = off
          pekko.cluster.shutdown-after-unsuccessful-join-seed-nodes = off
          pekko.coordinated-shutdown.exit-jvm = off
          atoll.http.listener.port = 0
          atoll.http.gateway.request-timeout = 60 s
          atoll.session { auth-timeout = 60 s, request-timeout = 60 s, stop-timeout = 60 s }
          """);
  private static final AtomicInteger COUNT = new AtomicInteger();

  final AtomicBoolean ready = new AtomicBoolean(true);
  final RecordingMetrics metrics = new RecordingMetrics();
  final EdgeTime time = new EdgeTime();
  final FakeCluster cluster;
  final TenantWorld world;
  final FakeConfiguration configuration;
  private final ActorSystem<Void> system;
  private final HttpApi api;
  private final HttpListener listener;

  private EdgeFixture(String overrides) throws IOException {
    Config config =
        ConfigFactory.parseString(overrides)
            .withFallback(NODE)
            .withFallback(TenantWorld.config())
            .resolve();
    system = ActorSystem.create(Behaviors.empty(), "edge" + COUNT.incrementAndGet(), config);
    Cluster alone = Cluster.get(system);
    alone.manager().tell(Join.create(alone.selfMember().address()));
    world = new TenantWorld(config, time);
    cluster = new FakeCluster(world.hotTenants());
    configuration = new FakeConfiguration(this::plansChanged);
    HttpSettings settings = HttpSettings.from(config);
    api = HttpApi.of(settings, node());
    configuration.serves(api);
    Sessions sessions =
        new Sessions(
            new SessionEnvironment(
                SessionSettings.from(config, settings.maxValueBytes()),
                time,
                system,
                api.credentials(),
                api.gateway(),
                EdgeMetrics.NONE));
    listener =
        HttpListener.open(
            settings.listener(),
            Materializer.matFromSystem(system),
            api.function(),
            new SessionAcceptor(sessions, api.credentials()));
  }

  static EdgeFixture open() throws IOException {
    return open("");
  }

  /** An edge whose configuration is overridden by this HOCON. */
  static EdgeFixture open(String overrides) throws IOException {
    return new EdgeFixture(overrides);
  }

  private HttpApi.Node node() {
    var region = TenantActor.init(system, world.environment());
    return new HttpApi.Node(
        system,
        TenantDoors.open(system, region, tenantId -> true),
        world.directory(),
        world.hotTenants(),
        configuration,
        ADMIN,
        metrics,
        new Status(ready),
        cluster,
        time);
  }

  private void plansChanged() {
    world.plans(configuration.book.get());
    world.hotTenants().plansChanged();
  }

  URI uri(String target) {
    return URI.create("http://127.0.0.1:" + listener.port() + target);
  }

  List<String> routes() {
    return api.routes();
  }

  int port() {
    return listener.port();
  }

  /** A client that presents this credential. */
  EdgeClient as(String credential) {
    return new EdgeClient(this, credential);
  }

  EdgeClient admin() {
    return as(ADMIN);
  }

  @Override
  public void close() {
    listener.stop(Duration.ofSeconds(1)).toCompletableFuture().join();
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().join();
  }

  private record Status(AtomicBoolean isReady) implements NodeStatus {
    @Override
    public boolean ready() {
      return isReady.get();
    }

    @Override
    public String version() {
      return "1.2.3";
    }

    @Override
    public String metrics() {
      return "atoll_hot_tenants 0\n";
    }
  }
}
