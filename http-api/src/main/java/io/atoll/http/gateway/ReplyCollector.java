package io.atoll.http.gateway;

import io.atoll.map.OperateReply;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** The actor that tenants answer to; it hands every answer on at once. */
final class ReplyCollector {
  private ReplyCollector() {}

  static Behavior<OperateReply> create(Consumer<OperateReply> answered) {
    return Behaviors.receiveMessage(reply -> {
      answered.accept(reply);
      return Behaviors.same();
    });
  }
}
