package io.atoll.faults.load;

import io.atoll.faults.cluster.Await;
import io.atoll.faults.history.Action;
import io.atoll.faults.history.Entry;
import io.atoll.faults.history.History;
import io.atoll.faults.history.Operation;
import io.atoll.faults.history.Outcome;
import io.atoll.faults.history.Outcome.Certainty;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients who read, write, compare and delete the same entries at the same time until they are
 * stopped or the history is full. What they do is drawn from a seed.
 */
public final class Load implements AutoCloseable {
  private static final Duration END_BOUND = Duration.ofMinutes(2);

  private final Caller caller;
  private final List<Entry> entries;
  private final History history;
  private final Clients who;
  private final List<Thread> clients = new ArrayList<>();
  private final LongAdder answered = new LongAdder();
  private final LongAdder unanswered = new LongAdder();
  private volatile boolean stopped;

  private Load(Caller caller, List<Entry> entries, History history, Clients who) {
    this.caller = caller;
    this.entries = entries;
    this.history = history;
    this.who = who;
  }

  /**
   * So many clients, numbered from the first one on, which no others of the history are.
   *
   * @param between how long each waits after a call that was answered
   * @param afterFailure how long each waits after a call that failed or was refused
   */
  public record Clients(int first, int count, Duration between, Duration afterFailure) {
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    /** Clients who call again as soon as they have an answer. */
    public static Clients busy(int first, int count, Duration afterFailure) {
      return new Clients(first, count, AT_ONCE, afterFailure);
    }
  }

  /** Starts clients of these entries. */
  public static Load start(
      Caller caller, List<Entry> entries, History history, Clients clients, long seed) {
    Load load = new Load(caller, entries, history, clients);
    SplittableRandom seeds = new SplittableRandom(seed);
    for (int client = 0; client < clients.count(); client++) {
      int number = clients.first() + client;
      SplittableRandom random = seeds.split();
      load.clients.add(Thread.ofVirtual().start(() -> load.run(number, random)));
    }
    return load;
  }

  /** How many calls were answered with success, or refused for a reason. */
  public long answered() {
    return answered.sum();
  }

  /** Waits until so many more calls are answered. */
  public void awaitCalls(long more) {
    long enough = answered() + more;
    Await.until("%d more calls are answered".formatted(more), () -> answered() >= enough);
  }

  /** How many calls have failed, or may have. */
  public long unanswered() {
    return unanswered.sum();
  }

  /** Lets the clients end their calls. */
  @Override
  public void close() {
    stopped = true;
    try {
      for (Thread client : clients) {
        if (!client.join(END_BOUND)) {
          throw new AssertionError("a client does not come to its end");
        }
      }
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  private void run(int client, SplittableRandom random) {
    Map<Entry, Long> versions = new HashMap<>();
    for (long number = 0; !stopped && history.reserve(); number++) {
      Entry entry = entries.get(random.nextInt(entries.size()));
      Action action = action(random, versions.getOrDefault(entry, 0L), entry.value(client, number));
      Operation done = caller.call(client, entry, action);
      history.add(done);
      learn(versions, done);
      LockSupport.parkNanos((count(done) ? who.between() : who.afterFailure()).toNanos());
    }
  }

  private static Action action(SplittableRandom random, long version, String value) {
    return switch (random.nextInt(10)) {
      case 0, 1, 2 -> new Action.Set(value);
      case 3, 4 -> new Action.CompareAndSet(value, version);
      case 5 -> new Action.Delete();
      default -> new Action.Get();
    };
  }

  private static void learn(Map<Entry, Long> versions, Operation done) {
    switch (done.outcome()) {
      case Outcome.Found found -> versions.put(done.entry(), found.version());
      case Outcome.Written written -> versions.put(done.entry(), written.version());
      case Outcome.Deleted deleted -> versions.remove(done.entry());
      case Outcome.Absent absent -> versions.remove(done.entry());
      case Outcome.Mismatch mismatch -> {}
      case Outcome.Refused refused -> {}
      case Outcome.Retried retried -> {}
      case Outcome.Unknown unknown -> {}
    }
  }

  private boolean count(Operation done) {
    boolean answer =
        done.outcome().certainty() != Certainty.UNKNOWN
            && !(done.outcome() instanceof Outcome.Refused);
    (answer ? answered : unanswered).increment();
    return answer;
  }
}
