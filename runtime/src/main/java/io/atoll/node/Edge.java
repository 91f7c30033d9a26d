package io.atoll.node;

import io.atoll.cluster.ClusterSettings;
import io.atoll.http.Configuration;
import io.atoll.http.EdgeMemory;
import io.atoll.http.gateway.TenantGateway;
import io.atoll.http.listener.HttpListener;
import io.atoll.http.listener.ListenerSettings;
import io.atoll.http.route.HttpApi;
import io.atoll.http.session.SessionAcceptor;
import io.atoll.http.session.SessionEnvironment;
import io.atoll.http.session.Sessions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.SystemMaterializer;
import org.jspecify.annotations.Nullable;

/** The outer half of a node: its open port with the API and the sessions behind it. */
record Edge(Sessions sessions, HttpListener listener, EdgeMemory memory, TenantGateway gateway) {

  /** Opens the port; fails with {@link IOException} when it cannot be used. */
  static Edge open(
      ActorSystem<?> system,
      Settings settings,
      TenantSide tenants,
      Configuration configuration,
      String adminKey)
      throws IOException {
    HttpApi api = HttpApi.of(settings.http(), node(system, tenants, configuration, adminKey));
    Sessions sessions =
        new Sessions(
            new SessionEnvironment(
                settings.session(),
                tenants.environment().time(),
                system,
                api.credentials(),
                api.gateway(),
                tenants.metrics()));
    HttpListener listener =
        HttpListener.open(
            settings.http().listener(),
            SystemMaterializer.get(system).materializer(),
            api.function(),
            new SessionAcceptor(sessions, api.credentials()));
    return new Edge(sessions, listener, api, api.gateway());
  }

  /** Calls itself before others do, for as long at most as a node of several rehearses. */
  CompletionStage<?> rehearse(Settings settings) {
    ClusterSettings cluster = settings.cluster();
    return EdgeRehearsal.run(
        gateway,
        cluster.address(),
        ownPort(settings.http().listener()),
        cluster.isAlone() ? Duration.ZERO : cluster.rehearsal());
  }

  /** A TLS port is called by those only who trust its certificate. */
  private @Nullable InetSocketAddress ownPort(ListenerSettings settings) {
    InetSocketAddress bound = new InetSocketAddress(settings.host(), listener.port());
    if (settings.tls().isPresent() || bound.isUnresolved()) {
      return null;
    }
    return bound.getAddress().isAnyLocalAddress()
        ? new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.port())
        : bound;
  }

  /** Closes the port; requests in flight have this long to end. */
  CompletionStage<Done> close(Duration grace) {
    return listener.stop(grace).thenApply(closed -> Done.getInstance());
  }

  private static HttpApi.Node node(
      ActorSystem<?> system, TenantSide tenants, Configuration configuration, String adminKey) {
    return new HttpApi.Node(
        system,
        tenants.tenants(),
        tenants.environment().directory(),
        tenants.environment().hotTenants(),
        configuration,
        adminKey,
        tenants.metrics(),
        new Status(tenants.readiness(), tenants.metrics()),
        tenants.cluster(),
        tenants.environment().time());
  }
}
