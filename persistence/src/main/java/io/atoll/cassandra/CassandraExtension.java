package io.atoll.cassandra;

import io.atoll.store.StoreRefusedException;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;
import org.apache.pekko.actor.ExtensionIdProvider;

/**
 * The session of an actor system: opened when it is first asked for, closed after the last actor.
 */
public final class CassandraExtension implements Extension {
  private static final Id ID = new Id();

  private final CassandraSession session;
  private final EventStreams streams;

  private CassandraExtension(ExtendedActorSystem system) {
    session =
        CassandraSession.open(
            CassandraSettings.from(system.settings().config()), system.dispatcher());
    streams = new EventStreams(session);
    system.registerOnTermination(session::close);
  }

  /**
   * The session of this actor system (a typed one gives it by {@code classicSystem()}).
   *
   * @throws StoreRefusedException when Cassandra cannot be used
   */
  public static CassandraSession of(org.apache.pekko.actor.ActorSystem system) {
    return ID.get(system).session;
  }

  static EventStreams streams(org.apache.pekko.actor.ActorSystem system) {
    return ID.get(system).streams;
  }

  private static final class Id extends AbstractExtensionId<CassandraExtension>
      implements ExtensionIdProvider {
    @Override
    public Id lookup() {
      return this;
    }

    @Override
    public CassandraExtension createExtension(ExtendedActorSystem system) {
      return new CassandraExtension(system);
    }
  }
}
