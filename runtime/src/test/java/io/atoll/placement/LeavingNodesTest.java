package io.atoll.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LeavingNodesTest {
  private final AtomicLong now = new AtomicLong();
  private final LeavingNodes nodes = new LeavingNodes(now::get);

  @Test
  void aNodeLeavesForAsLongAsItSaysSo() {
    nodes.says("a:1");
    now.addAndGet(Duration.ofSeconds(2).toNanos());
    nodes.says("a:1");
    now.addAndGet(Duration.ofSeconds(2).toNanos());
    assertThat(nodes.now()).containsExactly("a:1");

    now.addAndGet(Duration.ofSeconds(2).toNanos());
    assertThat(nodes.now()).isEmpty();
  }

  @Test
  void whoComesUnderTheNameOfOneThatIsGoneDoesNotLeave() {
    nodes.says("a:1");
    nodes.gone("a:1");

    assertThat(nodes.now()).isEmpty();
  }
}
