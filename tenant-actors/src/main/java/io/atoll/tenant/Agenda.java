package io.atoll.tenant;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant tells itself later, one of a kind. One alarm is under way for all of it, as a timer
 * for each would take much more memory. Used by the tenant's actor only.
 */
final class Agenda {
  private final Function<Duration, Cancellable> alarms;
  private final List<Item> items = new ArrayList<>(2);
  private @Nullable Cancellable alarm;
  private long ringsAt;

  /** A signal and when it is due, in nanoseconds of the system's clock, as the alarm is. */
  private record Item(TenantSignal signal, long dueAt) {
    boolean isOf(Class<? extends TenantSignal> kind) {
      return signal.getClass() == kind;
    }
  }

  /** An agenda whose alarms ring after a delay; each time something is to be taken. */
  Agenda(Function<Duration, Cancellable> alarms) {
    this.alarms = alarms;
  }

  /** The agenda of a tenant whose alarms it is told as {@link TenantSignal.AlarmRang}. */
  static Agenda of(ActorContext<TenantCommand> context) {
    return new Agenda(
        delay -> context.scheduleOnce(delay, context.getSelf(), new TenantSignal.AlarmRang()));
  }

  /** Has the signal come due after the delay, in the place of one of its kind. */
  void add(TenantSignal signal, Duration delay) {
    items.removeIf(item -> item.isOf(signal.getClass()));
    items.add(new Item(signal, System.nanoTime() + delay.toNanos()));
    arm();
  }

  boolean has(Class<? extends TenantSignal> kind) {
    return items.stream().anyMatch(item -> item.isOf(kind));
  }

  /**
   * The alarm has rung: takes out what has been due for longest, null when nothing is due any more.
   * It rings again at once for what else is due.
   */
  @Nullable TenantSignal take() {
    alarm = null;
    Item first = first();
    if (first == null || first.dueAt - System.nanoTime() > 0) {
      arm();
      return null;
    }
    items.remove(first);
    arm();
    return first.signal;
  }

  /** Nothing comes due any more. */
  void clear() {
    items.clear();
    if (alarm != null) {
      alarm.cancel();
      alarm = null;
    }
  }

  private void arm() {
    Item first = first();
    if (first == null || (alarm != null && ringsAt - first.dueAt <= 0)) {
      return;
    }
    if (alarm != null && !alarm.cancel()) {
      return; // it has rung, and is armed again when that is handled
    }
    ringsAt = first.dueAt;
    alarm = alarms.apply(Duration.ofNanos(Math.max(0, first.dueAt - System.nanoTime())));
  }

  private @Nullable Item first() {
    Item first = null;
    for (Item item : items) {
      first = first == null || item.dueAt - first.dueAt < 0 ? item : first;
    }
    return first;
  }
}
