package io.atoll.map;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.atoll.quota.Account;
import io.atoll.time.ManualTime;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.testkit.typed.Effect;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;

class MapExpiryTest {
  private final AtomicReference<ActorContext<MapCommand>> context = new AtomicReference<>();
  private final BehaviorTestKit<MapCommand> kit =
      BehaviorTestKit.create(
          Behaviors.setup(it -> {
            context.set(it);
            return Behaviors.empty();
          }));
  private final ManualTime time = new ManualTime();
  private final TestInbox<MapEvent> writer = TestInbox.create();
  private final MapModel model = new MapModel();
  private final MapCore core =
      new MapCore(
          context.get(),
          new MapEnvironment(
              MapSettings.from(ConfigFactory.load()),
              time,
              new InMemoryPageStore(),
              new PageCache(1),
              new InMemoryHistory()),
          new MapIdentity("acme", 1, "users", 0),
          new Account(-1, -1),
          MeteredTo.NOTHING,
          TestInbox.<MapReport>create().getRef()::tell);
  private final PageLoads loads = new PageLoads(core);
  private final MapWrites writes =
      new MapWrites(
          core, loads, new MapReads(core, loads), writer.getRef()::tell, new MapOutage(core));
  private final MapExpiry expiry = new MapExpiry(core, loads, writes);

  @Test
  void oneAlarmIsSetHoweverOftenTheNextExpiryMovesAway() {
    for (int i = 0; i < 100; i++) {
      store("a", 5_000);
      expiry.schedule();
      time.advance(Duration.ofMillis(10));
    }

    assertThat(alarms()).isEqualTo(1);
  }

  @Test
  void anEarlierExpirySetsAnEarlierAlarm() {
    store("a", 5_000);
    expiry.schedule();
    store("b", 1_000);
    expiry.schedule();

    assertThat(alarms()).isEqualTo(2);
  }

  @Test
  void whileExpiredEntriesAreBeingRemovedNoneIsLookedFor() {
    store("a", 5_000);
    time.advance(Duration.ofSeconds(5));
    expiry.due();
    writes.advance();
    MapEvent removal = writer.receiveMessage();
    expiry.schedule();
    assertThat(alarms()).isZero();

    expiry.due();
    commit(removal);
    writes.advance();

    assertThat(writes.isIdle()).isTrue();
    assertThat(core.state.entries()).isZero();
  }

  @Test
  void manyExpiredEntriesAreRemovedInSeveralRounds() {
    for (int i = 0; i < 2_500; i++) {
      store("key-" + i, 5_000);
    }
    time.advance(Duration.ofSeconds(5));
    for (int round = 0; round < 3; round++) {
      expiry.due();
      writes.advance();
      commit(writer.receiveMessage());
      expiry.schedule();
    }

    assertThat(core.state.entries()).isZero();
    assertThat(alarms()).isEqualTo(2);
  }

  private void commit(MapEvent event) {
    core.state = core.state.apply(event);
    writes.persisted();
  }

  private void store(String key, long ttlMs) {
    model.now = time.epochMillis();
    model.write(MapModel.setFor(key, "1", ttlMs));
    core.state = model.state;
  }

  private long alarms() {
    return kit.getAllEffects().stream().filter(Effect.Scheduled.class::isInstance).count();
  }
}
