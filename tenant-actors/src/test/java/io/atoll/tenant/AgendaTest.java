package io.atoll.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.testkit.typed.Effect;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;

class AgendaTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final TenantSignal IDLE = new TenantSignal.Idle();
  private static final TenantSignal MINUTE = new TenantSignal.MinuteOver();
  private static final TenantSignal STORE = new TenantSignal.StoreDue();

  private final AtomicReference<Agenda> started = new AtomicReference<>();
  private final BehaviorTestKit<TenantCommand> kit =
      BehaviorTestKit.create(
          Behaviors.setup(context -> {
            started.set(new Agenda(context));
            return Behaviors.empty();
          }));
  private final Agenda agenda = started.get();
  private final List<Duration> seen = new ArrayList<>();

  @Test
  void whatIsDueIsTakenInTheOrderInWhichItCameDueOneAtATime() {
    agenda.add(MINUTE, HOUR);
    agenda.add(IDLE, Duration.ZERO);
    agenda.add(STORE, Duration.ZERO);
    assertThat(agenda.take()).isEqualTo(IDLE);
    assertThat(agenda.take()).isEqualTo(STORE);
    assertThat(agenda.take()).isNull();
    assertThat(agenda.has(TenantSignal.MinuteOver.class)).isTrue();
  }

  @Test
  void aSignalTakesThePlaceOfOneOfItsKind() {
    agenda.add(IDLE, Duration.ZERO);
    agenda.add(IDLE, HOUR);
    assertThat(agenda.take()).isNull();
    agenda.add(IDLE, Duration.ZERO);
    assertThat(agenda.take()).isEqualTo(IDLE);
    assertThat(agenda.has(TenantSignal.Idle.class)).isFalse();
    assertThat(agenda.take()).isNull();
  }

  @Test
  void oneAlarmIsUnderWayForTheSignalThatIsDueFirst() {
    agenda.add(IDLE, HOUR);
    agenda.add(MINUTE, HOUR.multipliedBy(2));
    agenda.add(STORE, HOUR.dividedBy(2));
    assertThat(alarms()).hasSize(2);
    assertThat(alarms().getFirst()).isBetween(HOUR.minusMinutes(1), HOUR);
    assertThat(alarms().getLast()).isBetween(HOUR.dividedBy(2).minusMinutes(1), HOUR.dividedBy(2));
  }

  @Test
  void anAlarmThatRangRingsAgainForWhatIsLeft() {
    agenda.add(IDLE, Duration.ZERO);
    agenda.add(MINUTE, HOUR);
    assertThat(alarms()).hasSize(1);
    assertThat(agenda.take()).isEqualTo(IDLE);
    assertThat(alarms()).hasSize(2);
    assertThat(alarms().getLast()).isBetween(HOUR.minusMinutes(1), HOUR);
  }

  @Test
  void nothingComesDueOnceItIsCleared() {
    agenda.add(IDLE, Duration.ZERO);
    agenda.clear();
    assertThat(agenda.take()).isNull();
    assertThat(agenda.has(TenantSignal.Idle.class)).isFalse();
    assertThat(alarms()).hasSize(1);
  }

  /** The delays of the alarms that were set so far. */
  private List<Duration> alarms() {
    kit.getAllEffects().stream()
        .filter(Effect.Scheduled.class::isInstance)
        .map(effect -> ((Effect.Scheduled<?>) effect).duration())
        .forEach(seen::add);
    return List.copyOf(seen);
  }
}
