package io.atoll.placement;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;

/** The actor system of a node that is a cluster of its own, or joins another one. */
final class OneNode {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private OneNode() {}

  /** A node that is no member yet. */
  static ActorTestKit start() {
    return start(ConfigFactory.empty());
  }

  /** The same with some of its own configuration. */
  static ActorTestKit start(Config own) {
    return ActorTestKit.create(
        "atoll",
        own.withFallback(
                ConfigFactory.parseString(
                    """
                    pekko.actor { provider = cluster, allow-java-serialization = off }
                    pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
                    pekko.cluster.jmx.enabled = off
                    """))
            .withFallback(ConfigFactory.load()));
  }

  /** Has the node join itself, and waits until it is up. */
  static Agents join(ActorTestKit kit) {
    return join(kit, kit);
  }

  /** Has the node join the cluster of another one, and waits until both see that it is up. */
  static Agents join(ActorTestKit kit, ActorTestKit seed) {
    Agents agents = new Agents(kit.system());
    Agents seen = new Agents(seed.system());
    Cluster.get(kit.system())
        .manager()
        .tell(Join.create(Cluster.get(seed.system()).selfMember().address()));
    kit.createTestProbe()
        .awaitAssert(
            PATIENCE,
            () -> {
              assertThat(agents.isUp(agents.self())).isTrue();
              assertThat(agents.isQuiet()).isTrue();
              assertThat(seen.isUp(agents.self())).isTrue();
              assertThat(seen.isQuiet()).isTrue();
              return Done.getInstance();
            });
    return agents;
  }
}
