package io.atoll.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.Cancellable;
import org.junit.jupiter.api.Test;

class AgendaTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final TenantSignal IDLE = new TenantSignal.Idle();
  private static final TenantSignal MINUTE = new TenantSignal.MinuteOver();
  private static final TenantSignal STORE = new TenantSignal.StoreDue();

  private final List<Alarm> alarms = new ArrayList<>();
  private final Agenda agenda = new Agenda(this::alarm);

  /** An alarm that rings when the test says so. */
  private static final class Alarm implements Cancellable {
    private final Duration delay;
    private boolean over;

    Alarm(Duration delay) {
      this.delay = delay;
    }

    @Override
    public boolean cancel() {
      boolean cancels = !over;
      over = true;
      return cancels;
    }

    @Override
    public boolean isCancelled() {
      return over;
    }
  }

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
    assertThat(alarms).filteredOn(alarm -> !alarm.isCancelled()).hasSize(1);
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
    assertThat(alarms).allMatch(Alarm::isCancelled);
    assertThat(agenda.take()).isNull();
    assertThat(agenda.has(TenantSignal.Idle.class)).isFalse();
    assertThat(alarms()).hasSize(1);
  }

  @Test
  void anAlarmThatIsOnItsWayIsNotSetAgain() {
    agenda.add(IDLE, HOUR);
    alarms.getFirst().over = true;
    agenda.add(STORE, Duration.ZERO);
    assertThat(alarms()).hasSize(1);
    assertThat(agenda.take()).isEqualTo(STORE);
    assertThat(alarms()).hasSize(2);
  }

  private Cancellable alarm(Duration delay) {
    Alarm alarm = new Alarm(delay);
    alarms.add(alarm);
    return alarm;
  }

  /** The delays of the alarms that were set so far. */
  private List<Duration> alarms() {
    return alarms.stream().map(alarm -> alarm.delay).toList();
  }
}
