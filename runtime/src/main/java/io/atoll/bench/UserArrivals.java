package io.atoll.bench;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;

/**
 * Users who each call once an interval, as many of them as a ramp says. A user begins somewhere in
 * its first interval, so that those who begin together do not call together.
 */
final class UserArrivals implements Arrivals {
  private final Ramp ramp;
  private final List<User> users;
  private final RandomGenerator random;
  private final PriorityQueue<User> queue =
      new PriorityQueue<>(Comparator.comparingLong(user -> user.due));
  private int present;

  /** Of these users those are there whose number is below the ramp's level. */
  UserArrivals(Ramp ramp, List<User> users, RandomGenerator random) {
    this.ramp = ramp;
    this.users = users;
    this.random = random;
  }

  @Override
  public long nextDue(long now) {
    int level = (int) ramp.levelAt(now);
    if (level != present) {
      present = level;
      enterAll(now);
    }
    while (!queue.isEmpty() && queue.element().number >= level) {
      queue.remove().queued = false;
    }
    return queue.isEmpty() ? NEVER : queue.element().due;
  }

  @Override
  public int take() {
    User user = queue.remove();
    user.due += user.interval;
    queue.add(user);
    return user.number;
  }

  private void enterAll(long now) {
    for (int i = 0; i < users.size() && users.get(i).number < present; i++) {
      if (!users.get(i).queued) {
        enter(users.get(i), now);
      }
    }
  }

  private void enter(User user, long now) {
    user.queued = true;
    user.due = now + random.nextLong(user.interval);
    queue.add(user);
  }

  /** Who calls, and how often. */
  static final class User {
    private final int number;
    private final long interval;
    private long due;
    private boolean queued;

    User(int number, long intervalNanos) {
      this.number = number;
      this.interval = intervalNanos;
    }
  }
}
