package io.atoll.placement;

import io.atoll.tenant.TenantCommand;
import io.atoll.tenant.TenantReply;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializer;
import org.apache.pekko.serialization.Serializers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes through what nodes say to each other when cells and tenants move, before this node is one of
 * them: requests that wait for the first move of a process would also wait for code that was never
 * run. What is held is a cell and a tenant that cannot be. Used by one thread.
 */
final class MoveRehearsal {
  private static final Logger LOG = LoggerFactory.getLogger(MoveRehearsal.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final List<String> NOBODY = List.of("~");
  private static final String MOVER = "rehearsal";

  /** From then on a round takes hardly longer than ever after. */
  private static final int ENOUGH = 20;

  private final ActorSystem<?> system;
  private final Serialization serialization;
  private final ActorRef<PlacementCommand> agent;

  private MoveRehearsal(ActorSystem<?> system, ActorRef<PlacementCommand> agent) {
    this.system = system;
    this.serialization = SerializationExtension.get(Adapter.toClassic(system));
    this.agent = agent;
  }

  /**
   * Moves nothing a few times, for about so long at most, not at all for zero; blocks meanwhile.
   * When something fails or is not answered in time, that is logged and the end: the node is only
   * less prepared than it could be.
   *
   * @return how many rounds there were
   */
  static int run(ActorSystem<?> system, ActorRef<PlacementCommand> agent, Duration longest) {
    if (longest.isZero()) {
      return 0;
    }
    MoveRehearsal rehearsal = new MoveRehearsal(system, agent);
    long begin = System.nanoTime();
    int rounds = 0;
    try {
      while (rounds < ENOUGH && System.nanoTime() - begin < longest.toNanos()) {
        rehearsal.round();
        rounds++;
      }
    } catch (RuntimeException failed) {
      LOG.warn("the rehearsal of moves ends, the first may be slow: {}", failed.toString());
    }
    LOG.info("rehearsed {} rounds of moves", rounds);
    return rounds;
  }

  private void round() {
    move(NOBODY, List.of(), null);
    move(List.of(), NOBODY, MOVER);
    ActorRef<TenantReply> nobody = system.ignoreRef();
    sent(new TenantCommand.Arrive(nobody));
    sent(new TenantCommand.Depart(nobody));
    sent(new TenantCommand.ReadRate(nobody));
    sent(new TenantReply.Accepted());
  }

  private void move(List<String> cells, List<String> tenants, @Nullable String mover) {
    try {
      ask(replyTo -> new PlacementCommand.Hold(cells, tenants, mover, replyTo));
    } finally {
      agent.tell(sent(new PlacementCommand.Release(cells, tenants, mover)));
    }
    ask(PlacementCommand.Settle::new);
  }

  private void ask(Function<ActorRef<PlacementReply>, PlacementCommand> question) {
    PlacementReply reply =
        AskPattern.<PlacementCommand, PlacementReply>ask(
                agent, replyTo -> sent(question.apply(replyTo)), PATIENCE, system.scheduler())
            .toCompletableFuture()
            .join();
    sent(reply);
  }

  /** The message as another node would have it. */
  @SuppressWarnings("unchecked")
  private <T> T sent(T message) {
    Serializer serializer = serialization.findSerializerFor(message);
    return (T)
        serialization
            .deserialize(
                serializer.toBinary(message),
                serializer.identifier(),
                Serializers.manifestFor(serializer, message))
            .get();
  }
}
