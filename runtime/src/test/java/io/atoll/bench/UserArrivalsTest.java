package io.atoll.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.bench.UserArrivals.User;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UserArrivalsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long TICK = SECOND / 1_000;

  private record Arrival(int user, long due) {}

  @Test
  void eachUserCallsOnceAnInterval() {
    List<Arrival> arrivals = run(Ramp.constant(2), users(2), 0, 10 * SECOND);
    for (int user = 0; user < 2; user++) {
      List<Long> due = dueOf(arrivals, user);
      assertThat(due).hasSize(10);
      assertThat(due.getFirst()).isLessThan(SECOND);
      for (int call = 1; call < due.size(); call++) {
        assertThat(due.get(call) - due.get(call - 1)).isEqualTo(SECOND);
      }
    }
  }

  @Test
  void aLateWakeUpLosesNoCall() {
    UserArrivals arrivals = arrivals(Ramp.constant(1), users(1));
    long first = arrivals.nextDue(0);
    List<Long> due = new ArrayList<>();
    long now = 5 * SECOND;
    while (arrivals.nextDue(now) <= now) {
      due.add(arrivals.nextDue(now));
      arrivals.take();
    }
    assertThat(due)
        .containsExactly(
            first, first + SECOND, first + 2 * SECOND, first + 3 * SECOND, first + 4 * SECOND);
  }

  @Test
  void asManyUsersCallAsTheRampSays() {
    Ramp ramp = Ramp.parse("0s:1,10s:1,0s:3,10s:3,0s:2,10s:2");
    List<Arrival> arrivals = run(ramp, users(3), 0, 30 * SECOND);
    assertThat(arrivals.stream().filter(call -> call.due() < 10 * SECOND).map(Arrival::user))
        .hasSize(10)
        .containsOnly(0);
    assertThat(
            arrivals.stream().filter(call -> call.due() >= 10 * SECOND && call.due() < 20 * SECOND))
        .hasSize(30);
    assertThat(arrivals.stream().filter(call -> call.due() >= 20 * SECOND).map(Arrival::user))
        .hasSize(20)
        .containsOnly(0, 1);
  }

  @Test
  void aUserWhoComesBackCallsOnceAnIntervalAgain() {
    Ramp ramp = Ramp.parse("0s:1,5s:1,0s:0,5s:0,0s:1,5s:1");
    List<Arrival> arrivals = run(ramp, users(1), 0, 15 * SECOND);
    assertThat(arrivals).hasSize(10);
    assertThat(arrivals).noneMatch(call -> call.due() >= 5 * SECOND && call.due() < 10 * SECOND);
  }

  private static UserArrivals arrivals(Ramp ramp, List<User> users) {
    return new UserArrivals(ramp, users, new SplittableRandom(3));
  }

  private static List<User> users(int count) {
    return IntStream.range(0, count).mapToObj(number -> new User(number, SECOND)).toList();
  }

  private static List<Arrival> run(Ramp ramp, List<User> users, long from, long to) {
    UserArrivals source = arrivals(ramp, users);
    List<Arrival> arrivals = new ArrayList<>();
    for (long now = from; now < to; now += TICK) {
      for (long due = source.nextDue(now); due <= now; due = source.nextDue(now)) {
        arrivals.add(new Arrival(source.take(), due));
      }
    }
    return arrivals;
  }

  private static List<Long> dueOf(List<Arrival> arrivals, int user) {
    return arrivals.stream().filter(call -> call.user() == user).map(Arrival::due).toList();
  }
}
