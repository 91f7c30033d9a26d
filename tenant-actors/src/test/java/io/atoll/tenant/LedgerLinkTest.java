package io.atoll.tenant;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.atoll.ledger.LedgerCommand;
import io.atoll.ledger.LedgerIdentity;
import io.atoll.ledger.LedgerReport;
import io.atoll.time.ManualTime;
import io.atoll.usage.Period;
import io.atoll.usage.UsageBucket;
import io.atoll.usage.UsageMeter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;

/** When a tenant's ledger is in memory. */
class LedgerLinkTest {
  private final ManualTime time = new ManualTime();
  private final UsageMeter meter = new UsageMeter(time.epochMillis());
  private final Map<String, TestInbox<LedgerCommand>> ledgers = new HashMap<>();
  private final LedgerLink link = new LedgerLink(core(), meter, this::start);

  LedgerLinkTest() {
    link.startWhenNeeded(Tenants.active());
  }

  @Test
  void aLedgerThatHasSettledAllLeavesMemory() {
    fold(1);
    link.settled(1);
    link.rest();

    assertThat(told("ledger-1")).containsExactly(folded(1), new LedgerCommand.Stop());
    assertThat(ended("ledger-1")).isFalse();
    assertThat(link.isRunning()).isFalse();
  }

  @Test
  void aLedgerThatHasSomethingToWriteStays() {
    fold(1);
    fold(2);
    link.settled(1);
    link.rest();

    assertThat(told("ledger-1")).containsExactly(folded(1), folded(2));
  }

  @Test
  void aLedgerThatIsReadStaysUntilItHasAnswered() {
    TestInbox<TenantReply> reader = TestInbox.create();
    fold(1);
    link.read(new TenantCommand.ReadUsage(Period.DAY, 0, 1, reader.getRef()));
    link.settled(1);
    link.rest();
    assertThat(told("ledger-1")).hasSize(2).doesNotContain(new LedgerCommand.Stop());

    link.answer(new LedgerReport.UsageRead(1, List.of()));
    link.settled(1);
    link.rest();
    assertThat(told("ledger-1")).containsExactly(new LedgerCommand.Stop());
  }

  @Test
  void whatComesWhileTheLedgerLeavesIsForItsSuccessor() {
    restAfterOneFold();
    fold(2);
    assertThat(told("ledger-1")).isEmpty();

    assertThat(ended("ledger-1")).isFalse();
    assertThat(told("ledger-2")).containsExactly(folded(2));
    link.rest();
    assertThat(told("ledger-2")).isEmpty();
  }

  @Test
  void whatComesLaterStartsTheLedgerAgain() {
    restAfterOneFold();
    ended("ledger-1");
    fold(2);

    assertThat(told("ledger-2")).containsExactly(folded(2));
    assertThat(ended("ledger-2")).isTrue();
  }

  @Test
  void aTenantThatStopsWaitsForALedgerThatLeaves() {
    restAfterOneFold();
    link.stop();
    assertThat(told("ledger-1")).isEmpty();

    assertThat(link.isRunning()).isTrue();
    assertThat(ended("ledger-1")).isTrue();
    assertThat(link.isRunning()).isFalse();
  }

  @Test
  void aTenantThatStopsWaitsUntilAllIsWrittenDown() {
    restAfterOneFold();
    fold(2);
    link.stop();

    assertThat(ended("ledger-1")).isFalse();
    assertThat(told("ledger-2")).containsExactly(folded(2), new LedgerCommand.Stop());
    assertThat(ended("ledger-2")).isTrue();
  }

  private TenantCore core() {
    AtomicReference<TenantCore> core = new AtomicReference<>();
    BehaviorTestKit.<TenantCommand>create(
        Behaviors.setup(context -> {
          TenantWorld world = new TenantWorld(ConfigFactory.load(), time);
          core.set(new TenantCore("acme", world.environment(), context));
          return Behaviors.empty();
        }));
    return core.get();
  }

  private ActorRef<LedgerCommand> start(LedgerIdentity identity, String name) {
    assertThat(identity.mapStreams()).isEmpty();
    TestInbox<LedgerCommand> ledger = TestInbox.create(name);
    ledgers.put(name, ledger);
    return ledger.getRef();
  }

  private void fold(long minute) {
    link.fold(bucket(minute), null);
  }

  private void restAfterOneFold() {
    fold(1);
    link.settled(1);
    link.rest();
    told("ledger-1");
  }

  private boolean ended(String name) {
    return link.ended(requireNonNull(ledgers.get(name)).getRef());
  }

  /** What the ledger was told since the last time. */
  private List<LedgerCommand> told(String name) {
    return requireNonNull(ledgers.get(name)).getAllReceived();
  }

  private static LedgerCommand folded(long minute) {
    return new LedgerCommand.Fold(bucket(minute), null);
  }

  private static List<UsageBucket> bucket(long minute) {
    return List.of(new UsageBucket(minute, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
  }
}
