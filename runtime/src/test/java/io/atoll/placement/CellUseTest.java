package io.atoll.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.tenant.Placements;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ObjLongConsumer;
import org.junit.jupiter.api.Test;

class CellUseTest {
  private final Map<String, Long> asked = new HashMap<>();
  private final Map<String, Long> held = new HashMap<>();
  private final Placements placements = new Placements();
  private long nanos;
  private final CellUse use =
      new CellUse(this::take, receiver -> held.forEach(receiver::accept), placements, () -> nanos);

  private void take(ObjLongConsumer<String> receiver) {
    asked.forEach(receiver::accept);
    asked.clear();
  }

  @Test
  void theTenantsOfACellCountTogetherByTheSecond() {
    placements.give("acme", "1@a:1");
    placements.give("globex", "1@a:1");
    placements.give("initech", "2@a:1");
    asked.putAll(Map.of("acme", 1_000L, "globex", 500L, "initech", 40L));
    nanos += Duration.ofSeconds(10).toNanos();

    use.sample();

    assertThat(use.operationsPerSecond()).isEqualTo(Map.of("1@a:1", 150, "2@a:1", 4));
  }

  @Test
  void theEntriesOfACellsTenantsCountTogether() {
    placements.give("acme", "1@a:1");
    placements.give("globex", "1@a:1");
    placements.give("initech", "2@a:1");
    held.putAll(Map.of("acme", 3_000_000_000L, "globex", 7L, "initech", 0L));

    use.sample();

    assertThat(use.entries()).isEqualTo(Map.of("1@a:1", 3_000_000_007L));
  }

  @Test
  void aCellThatIsHardlyUsedIsLeftOut() {
    asked.put("acme", 3L);
    nanos += Duration.ofSeconds(10).toNanos();

    use.sample();

    assertThat(use.operationsPerSecond()).isEmpty();
  }

  @Test
  void eachSampleStandsForItself() {
    placements.give("acme", "1@a:1");
    asked.put("acme", 1_000L);
    nanos += Duration.ofSeconds(10).toNanos();
    use.sample();
    nanos += Duration.ofSeconds(5).toNanos();
    asked.put("acme", 100L);

    use.sample();

    assertThat(use.operationsPerSecond()).isEqualTo(Map.of("1@a:1", 20));
  }
}
