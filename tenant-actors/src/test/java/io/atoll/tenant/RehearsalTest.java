package io.atoll.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.time.TimeSource;
import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class RehearsalTest {
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final ActorTestKit testKit = ActorTestKit.create(TenantWorld.config());

  private final TenantWorld world =
      new TenantWorld(testKit.system().settings().config(), TimeSource.system());
  private final PersistenceTestKit journal = PersistenceTestKit.create(testKit.system());

  @AfterAll
  static void stop() {
    testKit.shutdownTestKit();
  }

  @Test
  void aNodeServesATenantOfItsOwnAndNobodyHearsOfIt() {
    rehearse("a:1");

    assertThat(world.directory().find("~a:1").toCompletableFuture().join()).isEmpty();
    assertThat(world.usageTable().all("~a:1", 1)).isEmpty();
    assertThat(world.hotTenants().size()).isZero();
    assertThat(world.history().erased())
        .contains(PersistenceIds.map("~a:1", 1, "rehearsal"), PersistenceIds.ledger("~a:1", 1));
  }

  @Test
  void eachStartRehearsesAnew() {
    rehearse("b:1");
    rehearse("b:1");

    assertThat(world.history().erased()).contains(PersistenceIds.map("~b:1", 2, "rehearsal"));
  }

  @Test
  void whatARehearsalHasLeftThatWasCutOffIsUsedAndPurged() {
    ActorRef<TenantCommand> left =
        testKit.spawn(
            TenantActor.create(
                "~c:1", world.environment(), testKit.system().deadLetters().unsafeUpcast()));
    var replies = testKit.<TenantReply>createTestProbe();
    left.tell(new TenantCommand.Create(Tenants.FREE, null, replies.ref()));
    replies.expectMessageClass(TenantReply.Described.class, Duration.ofSeconds(60));
    testKit.stop(left, Duration.ofSeconds(60));

    rehearse("c:1");

    assertThat(world.history().erased()).contains(PersistenceIds.map("~c:1", 1, "rehearsal"));
  }

  @Test
  void withoutTimeForItThereIsNone() {
    assertThat(Rehearsal.run(testKit.system(), world.environment(), "d:1", Duration.ZERO)).isZero();

    assertThat(journal.persistedInStorage(PersistenceIds.tenant("~d:1"))).isEmpty();
  }

  private void rehearse(String node) {
    assertThat(Rehearsal.run(testKit.system(), world.environment(), node, LONGEST)).isEqualTo(6);
  }
}
