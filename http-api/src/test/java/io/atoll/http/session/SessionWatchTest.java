package io.atoll.http.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.map.Key;
import io.atoll.map.WatchReply;
import io.atoll.map.WatchReply.Change;
import io.atoll.map.WatchReply.Kind;
import io.atoll.map.WatchReply.Reason;
import io.atoll.map.WatchSignal;
import io.atoll.refusal.ErrorCode;
import io.atoll.refusal.Refusal;
import io.atoll.tenant.TenantCommand;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;

class SessionWatchTest {
  private final SessionHarness session = SessionHarness.open(SessionHarness.ACME);
  private final TestProbe<WatchSignal> feed = TestProbe.create(SessionHarness.system());

  @Test
  void aWatchIsAnsweredAndThenToldOfChanges() {
    session.send("{'id':5,'op':'watch','map':'users','prefix':'u','since':17}");
    TenantCommand.Watch watch = lastWatch();
    assertThat(watch.map()).isEqualTo("users");
    assertThat(watch.prefix()).isEqualTo(Key.of("u"));
    assertThat(watch.since()).isEqualTo(17);
    start(17);
    assertThat(session.only()).isEqualTo("{'id':5,'ok':true,'seq':17}");

    change(set(18, "u1"), new Change(19, Kind.DELETE, Key.of("u1"), null, 18));

    assertThat(session.socket.frames())
        .containsExactly(
            ("[{'watch':5,'seq':18,'event':'set','key':'u1','value':{},'version':18},"
                    + "{'watch':5,'seq':19,'event':'delete','key':'u1'}]")
                .replace('\'', '"'));
    feed.expectMessage(WatchSignal.READY);
  }

  @Test
  void operationsBeforeAWatchInAFrameGoBeforeIt() {
    session.send(
        "[{'id':1,'op':'set','map':'m','key':'k','value':1},{'id':5,'op':'watch','map':'m'},"
            + "{'id':2,'op':'set','map':'m','key':'k','value':2}]");

    assertThat(
            session.tenants.told().stream().map(told -> told.command().getClass().getSimpleName()))
        .containsExactly("OpenSession", "Operate", "Watch", "Operate");
  }

  @Test
  void theFeedWaitsForAPeerThatDoesNotRead() {
    watching(0);
    session.socket.stopReading();
    change(
        new Change(
            1, Kind.SET, Key.of("k"), ("\"" + "x".repeat(100_000) + "\"").getBytes(UTF_8), 1));
    feed.expectNoMessage();

    session.socket.readAll();
    session.writable();

    feed.expectMessage(WatchSignal.READY);
  }

  @Test
  void aWatchThatCannotKeepUpEndsTheSession() {
    watching(0);
    tell(new WatchReply.Ended(lastWatch().watchId(), Reason.SLOW_CONSUMER, null));

    assertThat(session.socket.closeCode()).isEqualTo(4408);
  }

  @Test
  void aRefusedWatchIsAnsweredSo() {
    session.send("{'id':5,'op':'watch','map':'m'}");
    tell(
        new WatchReply.Ended(
            lastWatch().watchId(), Reason.REFUSED, Refusal.of(ErrorCode.RATE_LIMITED, "slow")));

    assertThat(session.error()).isEqualTo("5 RATE_LIMITED");
    session.send("{'id':6,'op':'unwatch','watch':5}");
    assertThat(session.error()).isEqualTo("6 NOT_FOUND");
  }

  @Test
  void aWatchEndsWhenTheClientSaysSo() {
    watching(0);
    session.send("{'id':6,'op':'unwatch','watch':5}");

    assertThat(session.only()).isEqualTo("{'id':6,'ok':true}");
    feed.expectMessage(WatchSignal.STOP);
    change(set(1, "k"));
    assertThat(session.received()).isEmpty();
  }

  @Test
  void aWatchThatWasEndedBeforeItBeganIsStillAnsweredOnce() {
    session.send("{'id':5,'op':'watch','map':'m'}");
    session.send("{'id':6,'op':'unwatch','watch':5}");
    assertThat(session.only()).isEqualTo("{'id':6,'ok':true}");

    start(3);

    assertThat(session.only()).isEqualTo("{'id':5,'ok':true,'seq':3}");
    feed.expectMessage(WatchSignal.STOP);
  }

  @Test
  void oneIdIsOneWatch() {
    watching(0);
    session.send("{'id':5,'op':'watch','map':'other'}");

    assertThat(session.error()).isEqualTo("5 CONFLICT");
  }

  @Test
  void aSessionHasOnlySoManyWatches() {
    for (int id = 0; id < 4; id++) {
      session.send("{'id':" + id + ",'op':'watch','map':'m'}");
    }
    session.send("{'id':4,'op':'unwatch','watch':0}");
    session.received();

    session.send("{'id':5,'op':'watch','map':'m'}");

    assertThat(session.error()).isEqualTo("5 INVALID_REQUEST");
  }

  @Test
  void aWatchThatNobodyAnswersIsGivenUp() {
    session.send("{'id':5,'op':'watch','map':'m'}");
    session.socket.advance(Duration.ofSeconds(6));
    assertThat(session.error()).isEqualTo("5 UNAVAILABLE");

    start(0);

    feed.expectMessage(WatchSignal.STOP);
    assertThat(session.received()).isEmpty();
  }

  @Test
  void aWatchWhoseMapStopsGoesOnBehindTheLastChange() {
    watching(0);
    change(set(1, "a"), set(2, "b"));
    session.received();
    tell(new WatchReply.Ended(lastWatch().watchId(), Reason.STOPPED, null));
    session.socket.advance(Duration.ofSeconds(1));

    assertThat(session.tenants.told(TenantCommand.Watch.class))
        .extracting(TenantCommand.Watch::since)
        .containsExactly(0L, 2L);
    start(2);
    change(set(3, "c"));

    assertThat(session.only()).contains("'watch':5,'seq':3");
  }

  @Test
  void aWatchFromNowOnGoesOnFromWhereItBegan() {
    session.send("{'id':5,'op':'watch','map':'m'}");
    start(41);
    tell(new WatchReply.Ended(lastWatch().watchId(), Reason.STOPPED, null));
    session.socket.advance(Duration.ofSeconds(1));

    assertThat(lastWatch().since()).isEqualTo(41);
  }

  @Test
  void aWatchIsNotThoughtToBePastAResetWhoseEntriesAreStillToCome() {
    watching(3);
    change(new Change(9, Kind.RESET, null, null, 0), set(5, "a"), set(8, "b"));
    assertThat(session.received()).hasSize(3);
    tell(new WatchReply.Ended(lastWatch().watchId(), Reason.STOPPED, null));
    session.socket.advance(Duration.ofSeconds(1));
    assertThat(lastWatch().since()).isEqualTo(3);

    start(9);
    change(new Change(9, Kind.RESET, null, null, 0), set(5, "a"), set(8, "b"), set(10, "c"));
    tell(new WatchReply.Ended(lastWatch().watchId(), Reason.STOPPED, null));
    session.socket.advance(Duration.ofSeconds(1));
    assertThat(lastWatch().since()).isEqualTo(10);
  }

  @Test
  void aWatchWhoseFeedDiesWithoutAWordGoesOn() {
    session.send("{'id':5,'op':'watch','map':'m','since':0}");
    ActorRef<WatchSignal> mortal =
        SessionHarness.system()
            .systemActorOf(
                Behaviors.receiveMessage(_ -> Behaviors.stopped()), "mortal", Props.empty());
    tell(new WatchReply.Started(lastWatch().watchId(), 0, mortal));
    mortal.tell(WatchSignal.STOP);
    feed.awaitAssert(() -> {
      session.socket.advance(Duration.ofSeconds(1));
      assertThat(session.tenants.told(TenantCommand.Watch.class)).hasSize(2);
      return null;
    });
  }

  @Test
  void aWatchThatCannotGoOnSaysSo() {
    watching(0);
    tell(new WatchReply.Ended(lastWatch().watchId(), Reason.STOPPED, null));
    session.socket.advance(Duration.ofSeconds(1));
    tell(
        new WatchReply.Ended(
            lastWatch().watchId(), Reason.REFUSED, Refusal.of(ErrorCode.TENANT_DELETED, "gone")));

    assertThat(session.only())
        .isEqualTo("{'watch':5,'event':'end','error':{'code':'TENANT_DELETED','message':'gone'}}");
  }

  @Test
  void aWatchThatIsLimitedForAMomentTriesAgain() {
    watching(0);
    tell(new WatchReply.Ended(lastWatch().watchId(), Reason.STOPPED, null));
    session.socket.advance(Duration.ofSeconds(1));
    tell(
        new WatchReply.Ended(
            lastWatch().watchId(), Reason.REFUSED, Refusal.of(ErrorCode.RATE_LIMITED, "slow")));
    session.socket.advance(Duration.ofSeconds(2));

    assertThat(session.tenants.told(TenantCommand.Watch.class)).hasSize(3);
    assertThat(session.received()).isEmpty();
  }

  @Test
  void theEndOfASessionStopsItsFeedsAndIsSeenByThoseWhoWatchIt() {
    watching(0);
    TestProbe<Object> watcher = TestProbe.create(SessionHarness.system());
    ActorRef<WatchReply> subscriber = lastWatch().subscriber();
    session.drop();

    feed.expectMessage(WatchSignal.STOP);
    watcher.expectTerminated(subscriber);
  }

  private void watching(long since) {
    session.send("{'id':5,'op':'watch','map':'m','since':" + since + "}");
    start(since);
    session.received();
  }

  private void start(long seq) {
    tell(new WatchReply.Started(lastWatch().watchId(), seq, feed.getRef()));
  }

  private void change(Change... changes) {
    tell(new WatchReply.Changes(lastWatch().watchId(), List.of(changes)));
  }

  private void tell(WatchReply reply) {
    lastWatch().subscriber().tell(reply);
    session.socket.run();
  }

  private TenantCommand.Watch lastWatch() {
    List<TenantCommand.Watch> watches = session.tenants.told(TenantCommand.Watch.class);
    return watches.get(watches.size() - 1);
  }

  private static Change set(long seq, String key) {
    return new Change(seq, Kind.SET, Key.of(key), "{}".getBytes(UTF_8), seq);
  }
}
