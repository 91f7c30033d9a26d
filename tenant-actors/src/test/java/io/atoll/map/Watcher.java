package io.atoll.map;

import io.atoll.map.WatchReply.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** A subscriber that keeps what it is told and asks for more a little later. Thread-safe. */
final class Watcher {
  final Key prefix;
  final long since;
  private final List<Change> changes = new ArrayList<>();
  private final List<WatchReply.Reason> ended = new ArrayList<>();
  private final Random random;
  private long startedAt = -1;
  private ActorRef<WatchSignal> feed;

  private Watcher(ActorTestKit kit, String prefix, long since, long seed) {
    this.prefix = Key.of(prefix);
    this.since = since;
    this.random = new Random(seed);
    this.feed = kit.system().deadLetters();
  }

  /** Opens a watch of the map. */
  static Watcher open(
      ActorTestKit kit, ActorRef<MapCommand> map, String prefix, long since, long seed) {
    Watcher watcher = new Watcher(kit, prefix, since, seed);
    ActorRef<WatchReply> subscriber = kit.spawn(Behaviors.setup(watcher::behavior));
    map.tell(new MapCommand.OpenWatch(seed, watcher.prefix, since, subscriber));
    return watcher;
  }

  /** All changes so far. */
  synchronized List<Change> changes() {
    return List.copyOf(changes);
  }

  /** Why the watch ended, empty while it goes on. */
  synchronized List<WatchReply.Reason> ended() {
    return List.copyOf(ended);
  }

  /** The map's sequence when the watch began, -1 if it has not. */
  synchronized long startedAt() {
    return startedAt;
  }

  private Behavior<WatchReply> behavior(ActorContext<WatchReply> context) {
    return Behaviors.receiveMessage(reply -> {
      told(reply, context);
      return Behaviors.same();
    });
  }

  private synchronized void told(WatchReply reply, ActorContext<WatchReply> context) {
    switch (reply) {
      case WatchReply.Started started -> {
        startedAt = started.seq();
        feed = started.feed();
      }
      case WatchReply.Changes some -> {
        changes.addAll(some.changes());
        context.scheduleOnce(Duration.ofMillis(random.nextInt(3)), feed, WatchSignal.READY);
      }
      case WatchReply.Ended over -> ended.add(over.reason());
    }
  }
}
