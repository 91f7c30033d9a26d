package io.atoll.node;

import com.typesafe.config.Config;
import io.atoll.http.listener.HttpListener;
import io.atoll.http.listener.ListenerSettings;
import io.atoll.reload.ConfigurationSource;
import io.atoll.reload.NodeConfiguration;
import io.atoll.reload.ReloadSettings;
import io.atoll.store.ClaimedFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** A node that can be started: its whole configuration has been read and is right. */
public final class NodeStart {
  private final Config config;
  private final Settings settings;

  private NodeStart(Config config, Settings settings) {
    this.config = config;
    this.settings = settings;
  }

  /** Reads the configuration; fails with {@code ConfigException} for a wrong value. */
  public static NodeStart from(Config config) {
    Config own = StoreKind.from(config).configure(config.withoutPath("atoll.admin-key"));
    Settings settings = Settings.from(own);
    return new NodeStart(settings.cluster().configure(Drain.configure(own, settings)), settings);
  }

  /** Whether a node could be configured so; fails with {@code ConfigException} if not. */
  public static void check(Config config) {
    Settings.from(StoreKind.from(config).configure(config.withoutPath("atoll.admin-key")));
  }

  /** Whether the node is a cluster of its own. */
  public boolean isAlone() {
    return settings.cluster().isAlone();
  }

  /**
   * Starts the node in its data folder; it is not ready yet. Fails with {@code
   * StoreRefusedException} for a store that cannot be used and with {@link IOException} for a port
   * that cannot be used.
   */
  public Node run(ClaimedFolder folder, String adminKey, ConfigurationSource source)
      throws IOException {
    ActorSystem<Void> system =
        ActorSystem.create(
            Behaviors.empty(),
            "atoll",
            ActorSystemSetup.create(BootstrapSetup.create(config), folder));
    try {
      LocalNode self = new LocalNode(system);
      TenantSide tenants = TenantSide.start(system, settings, folder.path(), self);
      NodeConfiguration configuration =
          NodeConfiguration.start(system, tenants.plans(), source, reloading(settings));
      Edge edge = Edge.open(system, settings, tenants, configuration, adminKey);
      configuration.serves(edge.memory());
      tenants.readiness().firstAfter(() -> edge.rehearse(settings));
      Drain.register(system, tenants, edge, settings);
      VitalActors.watch(system, tenants.vitalActors());
      Chores.start(system, settings, tenants);
      ListenerSettings listener = settings.http().listener();
      self.takesTraffic(tenants.readiness()::isReady);
      self.answersAt(url(hostForOthers(), listener, edge.listener()));
      return new Node(
          system, self, tenants.readiness(), url(listener.host(), listener, edge.listener()));
    } catch (IOException | RuntimeException refused) {
      system.terminate();
      system.getWhenTerminated().toCompletableFuture().join();
      throw refused;
    }
  }

  private static ReloadSettings reloading(Settings settings) {
    return new ReloadSettings(settings.node().plansInterval(), settings.node().fileInterval());
  }

  /** One that listens on all addresses is known by its name in the cluster. */
  private String hostForOthers() throws UnknownHostException {
    String host = settings.http().listener().host();
    return InetAddress.getByName(host).isAnyLocalAddress() ? settings.cluster().host() : host;
  }

  private static String url(String name, ListenerSettings settings, HttpListener listener) {
    String host = name.contains(":") && !name.startsWith("[") ? "[" + name + "]" : name;
    return (settings.tls().isPresent() ? "https" : "http") + "://" + host + ":" + listener.port();
  }
}
