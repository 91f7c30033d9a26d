package io.atoll.http.gateway;

import io.atoll.map.OperateReply;
import java.util.function.Consumer;
import org.apache.pekko.actor.ActorPath;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.FunctionRef;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import scala.runtime.BoxedUnit;

/**
 * The address that tenants answer to. It has no mailbox: a reply is handed on in the thread of
 * whoever tells it.
 */
final class ReplyAddress {
  private ReplyAddress() {}

  /** An address of this actor system; {@code told} must be quick and must not throw. */
  static ActorRef<OperateReply> open(ActorSystem<?> system, Consumer<OperateReply> told) {
    ExtendedActorSystem classic = (ExtendedActorSystem) Adapter.toClassic(system);
    ActorPath path = classic.provider().tempPath("edge-replies");
    FunctionRef address =
        new FunctionRef(
            path,
            classic.provider(),
            classic,
            (_, message) -> {
              told.accept((OperateReply) message);
              return BoxedUnit.UNIT;
            });
    classic.provider().registerTempActor(address, path);
    return Adapter.toTyped(address);
  }
}
