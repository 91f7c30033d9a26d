package io.atoll.map;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.map.UnrulyPageStore.Call;
import io.atoll.refusal.ErrorCode;
import io.atoll.refusal.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A random run of one map: requests are sent without waiting for answers, while it checkpoints, is
 * cleared, stopped and killed, and its page store is slow or fails. Every answer is held against a
 * {@link SortedModel}.
 */
final class MapRun {
  private static final int KEYS = 60;

  private final MapBench bench;
  private final Random random;

  /** The model after each step since the last restart, the first as it was then. */
  private final List<SortedModel> moments = new ArrayList<>();

  private final Map<Long, Awaited[]> awaited = new HashMap<>();
  private int leastDurable;
  private long correlation;
  private long generation;
  private boolean killed;

  /** An answer that is due, for the operation that was this step. */
  private record Awaited(int step, boolean isWrite, String answer) {}

  MapRun(MapBench bench, long seed) {
    this.bench = bench;
    this.random = new Random(seed);
    bench.store.delay(() -> random(3) == 0 ? random(1_500) : 0);
    moments.add(SortedModel.EMPTY);
  }

  /** Runs this many requests; fails if an answer is missing, doubled or wrong. */
  void go(int requests) {
    bench.start();
    for (int i = 0; i < requests; i++) {
      request();
      if (random(12) == 0) {
        disturb();
      }
      if (awaited.size() > 40) {
        receive(20);
      }
    }
    settle();
    restart();
    assertThat(bench.account.entries()).isEqualTo(moments.getLast().entries().size());
    assertThat(bench.account.bytes()).isEqualTo(moments.getLast().bytes());
    recovered();
  }

  private synchronized int random(int bound) {
    return random.nextInt(bound);
  }

  private void request() {
    Operation.OnMap[] operations = new Operation.OnMap[1 + random(4)];
    Awaited[] answers = new Awaited[operations.length];
    for (int i = 0; i < operations.length; i++) {
      operations[i] = operation();
      SortedModel.Answered answered = moments.getLast().apply(operations[i]);
      moments.add(answered.after());
      boolean isWrite = operations[i] instanceof Operation.Write;
      answers[i] = new Awaited(moments.size() - 1, isWrite, answered.answer());
    }
    awaited.put(++correlation, answers);
    bench.send(correlation, operations);
  }

  private Operation.OnMap operation() {
    String key = "k%02d".formatted(random(KEYS));
    long[] conditions = {
      Operation.ABSENT, Operation.PRESENT, moments.getLast().version(Key.of(key))
    };
    long ifVersion = random(3) > 0 ? Operation.ANY : conditions[random(conditions.length)];
    return switch (random(10)) {
      case 0, 1, 2, 3, 4 -> MapModel.set(key, "\"" + "v".repeat(random(200)) + "\"", ifVersion);
      case 5, 6 -> MapModel.delete(key, ifVersion);
      case 7, 8 -> bench.get(key);
      default -> bench.scan(random(2) == 0 ? "" : "k" + random(6), 1 + random(KEYS));
    };
  }

  private void disturb() {
    switch (random(8)) {
      case 0 -> {
        moments.add(moments.getLast().cleared());
        bench.map.tell(new MapCommand.Clear(++generation));
      }
      case 1 -> bench.store.fail(Call.WRITE, Call.DELETE, Call.NUMBERS);
      case 2, 3 -> bench.store.fail();
      case 4 -> bench.map.tell(new MapSignal.Tick());
      case 5 -> {
        settle(); // a scan may outlive its pages: it sees the present then
        bench.time.advance(Duration.ofSeconds(11));
      }
      case 6 -> {
        settle();
        restart();
      }
      default -> kill();
    }
  }

  /** Everything sent is answered, as a map that is told to stop owes it. */
  private void restart() {
    bench.stop();
    bench.start();
  }

  /** What the map held is answered, and may or may not have happened. */
  private void kill() {
    bench.kill();
    killed = true;
    drain();
    killed = false;
    awaited.clear();
    bench.start();
    recovered();
  }

  /**
   * The map holds what some number of the steps left, all that were answered among them. What was
   * reserved for others is given back, as a tenant that starts again would.
   */
  private void recovered() {
    Operation.Set sentinel = MapModel.set("z", "1");
    List<Outcome> outcomes = bench.ask(bench.scan("", 1_000), sentinel);
    String content = SortedModel.text(outcomes.get(0));
    long seq = ((Outcome.Written) outcomes.get(1)).version() - 1;
    SortedModel held =
        moments.subList(leastDurable, moments.size()).stream()
            .filter(moment -> moment.seq() == seq)
            .filter(moment -> moment.apply(bench.scan("", 1_000)).answer().equals(content))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no moment of the run left " + content));
    moments.clear();
    moments.add(held.apply(sentinel).after());
    leastDurable = 0;
    accountHolds(moments.getLast());
  }

  private void accountHolds(SortedModel model) {
    bench.account.restore(
        model.entries().size() - bench.account.entries(), model.bytes() - bench.account.bytes());
  }

  private void settle() {
    while (!awaited.isEmpty()) {
      receiveOne();
    }
    drain();
  }

  /** Takes all answers that have been sent. */
  private void drain() {
    Refusal mark = Refusal.of(ErrorCode.UNAVAILABLE, "no more answers");
    bench.client.getRef().tell(new OperateReply.Rejected("acme", 0, mark, null));
    for (boolean more = true; more; ) {
      more = receiveOne();
    }
  }

  private void receive(int replies) {
    for (int i = 0; i < replies && !awaited.isEmpty(); i++) {
      receiveOne();
    }
  }

  /** Whether it was an answer of the map. */
  private boolean receiveOne() {
    return switch (bench.client.receiveMessage()) {
      case OperateReply.Rejected _ -> false;
      case OperateReply.Outcomes outcomes -> {
        check(outcomes);
        yield true;
      }
    };
  }

  private void check(OperateReply.Outcomes reply) {
    Awaited[] answers = awaited.get(reply.correlation());
    assertThat(answers).as("answers of request " + reply.correlation()).isNotNull();
    for (int i = 0; i < reply.positions().length; i++) {
      int position = reply.positions()[i];
      Awaited due = answers[position];
      assertThat(due).as("an answer that comes twice").isNotNull();
      String answer = SortedModel.text(reply.outcomes().get(i));
      if (!killed || !answer.equals(ErrorCode.UNAVAILABLE.name())) {
        assertThat(answer).isEqualTo(due.answer());
        leastDurable = due.isWrite() ? Math.max(leastDurable, due.step()) : leastDurable;
      }
      answers[position] = null;
    }
    if (Stream.of(answers).allMatch(Objects::isNull)) {
      awaited.remove(reply.correlation());
    }
  }
}
