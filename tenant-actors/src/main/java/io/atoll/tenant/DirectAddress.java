package io.atoll.tenant;

import java.util.function.Consumer;
import org.apache.pekko.actor.ActorPath;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.FunctionRef;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import scala.runtime.BoxedUnit;

/**
 * An address in the actor system without an actor behind it. It has no mailbox: what is told to it
 * is handed on in the thread of whoever tells it.
 */
public final class DirectAddress {
  private DirectAddress() {}

  /** An address of this actor system; {@code told} must be quick and must not throw. */
  public static <T> ActorRef<T> open(
      ActorSystem<?> system, String name, Class<T> type, Consumer<T> told) {
    ExtendedActorSystem classic = (ExtendedActorSystem) Adapter.toClassic(system);
    ActorPath path = classic.provider().tempPath(name);
    FunctionRef address =
        new FunctionRef(
            path,
            classic.provider(),
            classic,
            (_, message) -> {
              told.accept(type.cast(message));
              return BoxedUnit.UNIT;
            });
    classic.provider().registerTempActor(address, path);
    return Adapter.toTyped(address);
  }
}
