package io.atoll.map;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.map.OperateReply.Outcomes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class AnswersTest {
  private static final ActorTestKit kit = MapBench.system();
  private static final int MIB = 1 << 20;

  private final MapBench bench = MapBench.started(kit, "");

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void whatIsKnownTogetherIsToldTogether() {
    assertThat(bench.ask(set("a", 1000), set("b", 1000))).hasSize(2);
    bench.send(1, gets(1_000));

    assertThat(((Outcomes) bench.client.receiveMessage()).outcomes()).hasSize(1_000);
  }

  @Test
  void valuesThatAreTooManyBytesForOneMessageAreToldInSeveral() {
    bench.ask(set("a", MIB), set("b", 100));
    bench.send(1, gets(19));

    List<Integer> positions = new ArrayList<>();
    while (positions.size() < 19) {
      Outcomes some = (Outcomes) bench.client.receiveMessage();
      assertThat(some.outcomes()).hasSameSizeAs(some.positions());
      assertThat(some.outcomes().stream().mapToInt(Outcome::sentBytes).sum())
          .isLessThanOrEqualTo(Outcomes.MOST_BYTES);
      for (int i = 0; i < some.positions().length; i++) {
        int length = ((Outcome.Found) some.outcomes().get(i)).value().length;
        assertThat(length).isEqualTo(some.positions()[i] % 2 == 0 ? MIB : 100);
        positions.add(some.positions()[i]);
      }
    }
    assertThat(positions)
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 19).boxed().toList());
    bench.client.expectNoMessage();
  }

  @Test
  void anOutcomeThatIsLargerThanThatIsToldAlone() {
    bench.ask(
        IntStream.range(0, 6).mapToObj(i -> set("k" + i, MIB)).toArray(Operation.OnMap[]::new));
    bench.send(1, bench.get("k0"), bench.scan("", 10), bench.get("k1"));

    List<Integer> counts = new ArrayList<>();
    while (counts.stream().mapToInt(Integer::intValue).sum() < 3) {
      counts.add(((Outcomes) bench.client.receiveMessage()).outcomes().size());
    }
    assertThat(counts).containsExactly(1, 1, 1);
  }

  private Operation.OnMap[] gets(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> bench.get(i % 2 == 0 ? "a" : "b"))
        .toArray(Operation.OnMap[]::new);
  }

  private static Operation.OnMap set(String key, int bytes) {
    return MapModel.set(key, "\"" + "v".repeat(bytes - 2) + "\"");
  }
}
