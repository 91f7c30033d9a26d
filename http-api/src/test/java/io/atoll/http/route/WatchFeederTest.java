package io.atoll.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.http.gateway.GatewaySettings;
import io.atoll.http.gateway.TenantGateway;
import io.atoll.map.Key;
import io.atoll.map.WatchReply;
import io.atoll.map.WatchSignal;
import io.atoll.refusal.Refusal;
import io.atoll.tenant.Caller;
import io.atoll.tenant.TenantCommand;
import io.atoll.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.stream.OverflowStrategy;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchFeederTest {
  private static final long PATIENCE_S = 60;

  private final ActorTestKit kit = ActorTestKit.create();
  private final BlockingQueue<TenantCommand.Public> sent = new LinkedBlockingQueue<>();
  private final TenantGateway gateway =
      TenantGateway.open(
          kit.system(),
          (tenant, command) -> sent.add(command),
          new GatewaySettings(Duration.ofMinutes(1), 100, Duration.ofSeconds(1), 100),
          TimeSource.system());

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  /** As it does when its node is lost. */
  @Test
  void aStreamEndsWhenItsFeedEndsWithoutAWord() throws Exception {
    CompletableFuture<Optional<Refusal>> begun = new CompletableFuture<>();
    CompletionStage<Done> ended = watch(begun);
    ActorRef<WatchSignal> feed = kit.spawn(Behaviors.ignore());
    TenantCommand.Watch watch = next(TenantCommand.Watch.class);
    watch.subscriber().tell(new WatchReply.Started(watch.watchId(), 3, feed));
    assertThat(begun.get(PATIENCE_S, TimeUnit.SECONDS)).isEmpty();
    TenantCommand.OpenSession session = next(TenantCommand.OpenSession.class);
    assertThat(ended.toCompletableFuture()).isNotDone();

    kit.stop(feed);

    ended.toCompletableFuture().get(PATIENCE_S, TimeUnit.SECONDS);
    assertThat(next(TenantCommand.CloseSession.class).sessionId()).isEqualTo(session.sessionId());
    assertThat(sent).isEmpty();
  }

  /** Completes when the stream of events does. */
  private CompletionStage<Done> watch(CompletableFuture<Optional<Refusal>> begun) {
    var stream =
        Source.<ByteString>queue(1, OverflowStrategy.backpressure()).preMaterialize(kit.system());
    WatchLink link = new WatchLink(gateway, "acme", Caller.TOKEN, 7, "m", Key.of(""), -1, "s");
    kit.spawn(
        WatchFeeder.create(
            stream.first(), begun, link, () -> Long.MAX_VALUE, Duration.ofMinutes(1)));
    return stream.second().runWith(Sink.ignore(), kit.system());
  }

  private <T extends TenantCommand.Public> T next(Class<T> kind) throws InterruptedException {
    return kind.cast(sent.poll(PATIENCE_S, TimeUnit.SECONDS));
  }
}
