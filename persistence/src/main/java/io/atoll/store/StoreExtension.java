package io.atoll.store;

import java.util.function.UnaryOperator;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;
import org.apache.pekko.actor.ExtensionIdProvider;

/**
 * The store of an actor system: opened when it is first asked for, in the {@link ClaimedFolder} of
 * the system's setup if there is one, closed after the last actor.
 */
public final class StoreExtension implements Extension {
  private static final Id ID = new Id();

  private final EmbeddedStore store;

  private StoreExtension(ExtendedActorSystem system) {
    StoreSettings settings = StoreSettings.from(system.settings().config());
    store =
        EmbeddedStore.open(
            folder(system, settings),
            settings,
            system.dispatchers().lookup("atoll.journal.io-dispatcher"),
            FatalFailure.exit(),
            UnaryOperator.identity());
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

  private static DataFolder folder(ExtendedActorSystem system, StoreSettings settings) {
    return system
        .settings()
        .setup()
        .get(ClaimedFolder.class)
        .map(ClaimedFolder::folder)
        .orElseGet(() -> DataFolder.open(settings.folder()));
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
