package io.atoll.store;

import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;
import org.apache.pekko.actor.ExtensionIdProvider;

/** The store of an actor system: opened when it is first asked for, closed after the last actor. */
public final class StoreExtension implements Extension {
  private static final Id ID = new Id();

  private final EmbeddedStore store;

  private StoreExtension(ExtendedActorSystem system) {
    store =
        EmbeddedStore.open(
            StoreSettings.from(system.settings().config()),
            system.dispatchers().lookup("atoll.journal.io-dispatcher"),
            FatalFailure.exit());
    system.registerOnTermination(store::close);
  }

  /**
   * The store of this actor system (a typed one gives it by {@code classicSystem()}).
   *
   * @throws StoreRefusedException when the data folder cannot be opened
   */
  public static EmbeddedStore of(org.apache.pekko.actor.ActorSystem system) {
    return ID.get(system).store;
  }

  private static final class Id extends AbstractExtensionId<StoreExtension>
      implements ExtensionIdProvider {
    @Override
    public Id lookup() {
      return this;
    }

    @Override
    public StoreExtension createExtension(ExtendedActorSystem system) {
      return new StoreExtension(system);
    }
  }
}
