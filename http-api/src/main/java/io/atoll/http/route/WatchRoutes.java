package io.atoll.http.route;

import io.atoll.access.Scope;
import io.atoll.http.credential.Principal;
import io.atoll.http.gateway.TenantGateway;
import io.atoll.map.Key;
import io.atoll.refusal.Refusal;
import io.atoll.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.OverflowStrategy;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.SourceQueueWithComplete;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET /v1/maps/{map}/watch}: a map's changes as server-sent events. */
final class WatchRoutes {
  private static final long FROM_NOW = -1;
  private static final long MAX_SEQ = 999_999_999_999_999_999L;

  private static final Logger LOG = LoggerFactory.getLogger(WatchRoutes.class);

  private final ActorSystem<?> system;
  private final Materializer materializer;
  private final TenantGateway gateway;
  private final Duration heartbeat;
  private final Duration patience;
  private final TimeSource time;
  private final AtomicLong watches = new AtomicLong();

  WatchRoutes(
      ActorSystem<?> system,
      TenantGateway gateway,
      Duration heartbeat,
      Duration patience,
      TimeSource time) {
    this.system = system;
    this.materializer = Materializer.matFromSystem(system);
    this.gateway = gateway;
    this.heartbeat = heartbeat;
    this.patience = patience;
    this.time = time;
  }

  void addTo(RouteTable table, Guard guard) {
    table.add("GET", "/v1/maps/{map}/watch", guard.data(Scope.READ, this::watch));
  }

  private CompletionStage<HttpResponse> watch(Call call) {
    Query query = call.query("prefix", "since");
    String map = Names.map(call.name(0));
    Key prefix = Names.prefix("prefix", query.text("prefix").orElse(""));
    long since = since(query, call.header("Last-Event-ID"));
    Pair<SourceQueueWithComplete<ByteString>, Source<ByteString, ?>> stream = stream();
    CompletableFuture<Optional<Refusal>> begun = new CompletableFuture<>();
    long id = watches.incrementAndGet();
    ActorRef<WatchFeeder.Message> feeder =
        system.systemActorOf(
            WatchFeeder.create(
                stream.first(),
                begun,
                WatchLink.of(gateway, call, id, map, prefix, since),
                () -> left(call.principal()),
                patience),
            "edge-watch-" + id,
            Props.empty());
    LOG.debug("watch {} of {} is fed by {}", id, call.tenantId(), feeder);
    return begun.thenApply(refusal -> answer(call, refusal, stream.second()));
  }

  private HttpResponse answer(Call call, Optional<Refusal> refusal, Source<ByteString, ?> events) {
    if (refusal.isEmpty()) {
      return open(events);
    }
    events.runWith(Sink.cancelled(), materializer);
    return Answers.refused(call, refusal.get());
  }

  private HttpResponse open(Source<ByteString, ?> events) {
    return HttpResponse.create()
        .addHeader(RawHeader.create("Cache-Control", "no-store"))
        .withEntity(
            HttpEntities.createChunked(
                MediaTypes.TEXT_EVENT_STREAM.toContentType(),
                events.keepAlive(heartbeat, () -> WatchEvents.HEARTBEAT)));
  }

  private Pair<SourceQueueWithComplete<ByteString>, Source<ByteString, ?>> stream() {
    var made =
        Source.<ByteString>queue(1, OverflowStrategy.backpressure()).preMaterialize(materializer);
    return Pair.create(made.first(), made.second());
  }

  /** The milliseconds for which the caller's credential is still good. */
  private long left(Principal caller) {
    return caller.expiresAt() == Principal.NEVER
        ? Long.MAX_VALUE
        : caller.expiresAt() - time.epochMillis();
  }

  /** A reconnecting client says in its header where it was; that is newer than its address. */
  private static long since(Query query, @Nullable String lastEventId) {
    long asked = query.integer("since", 0, MAX_SEQ, FROM_NOW);
    if (lastEventId == null || lastEventId.isEmpty()) {
      return asked;
    }
    long last = Query.digits(lastEventId.strip());
    if (last < 0) {
      throw RefusedException.invalid("Last-Event-ID must be the id of an event");
    }
    return last;
  }
}
