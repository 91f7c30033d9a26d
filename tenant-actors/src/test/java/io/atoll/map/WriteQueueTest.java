package io.atoll.map;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.plan.Tier;
import io.atoll.quota.RateStatus;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;

class WriteQueueTest {
  private final WriteQueue queue = new WriteQueue();

  @Test
  void aReadWaitsForWritesOfItsOwnKeyOnly() {
    queue.add(asked(MapModel.set("a", "1")));

    assertThat(queue.mustWait(get("a"))).isTrue();
    assertThat(queue.mustWait(get("b"))).isFalse();
    assertThat(queue.mustWait(scan("a"))).isTrue();
    assertThat(queue.mustWait(scan("b"))).isFalse();
  }

  @Test
  void aWriteThatWasTakenIsAwaitedUntilItIsCommitted() {
    queue.add(asked(MapModel.set("a", "1")));
    List<WriteQueue.Item> batch = queue.batch(10, 1_000);
    queue.take(batch);
    assertThat(queue.mustWait(get("a"))).isTrue();

    queue.committed(batch);

    assertThat(queue.mustWait(get("a"))).isFalse();
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void aBatchEndsAtItsBoundsAndBeforeWhatStandsAlone() {
    queue.add(asked(MapModel.set("a", "1")));
    queue.add(asked(MapModel.set("b", "1")));
    queue.add(asked(MapModel.set("c", "x".repeat(100))));
    queue.add(asked(scan("")));
    queue.add(asked(MapModel.set("d", "1")));

    assertThat(queue.batch(2, 1_000)).hasSize(2);
    assertThat(queue.batch(10, 3)).hasSize(2);
    assertThat(queue.batch(10, 1_000)).hasSize(3);
  }

  @Test
  void whileAMapIsBeingClearedEveryReadWaits() {
    queue.add(new WriteQueue.Clearing(1));

    assertThat(queue.mustWait(get("b"))).isTrue();
    assertThat(queue.mustWait(scan("b"))).isTrue();
  }

  private static Operation.Get get(String key) {
    return new Operation.Get("users", Key.of(key));
  }

  private static Operation.Scan scan(String prefix) {
    return new Operation.Scan("users", Key.of(prefix), null, 10, true);
  }

  private static WriteQueue.Asked asked(Operation.OnMap operation) {
    return new WriteQueue.Asked(
        new MapCommand.Apply(
            1,
            new int[] {0},
            List.of(operation),
            Tier.A,
            new RateStatus(-1, -1, -1, 0),
            TestInbox.<OperateReply>create().getRef()),
        0);
  }
}
