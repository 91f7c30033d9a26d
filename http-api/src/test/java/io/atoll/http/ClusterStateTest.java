package io.atoll.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.http.Cluster.Figures;
import io.atoll.http.Cluster.Node;
import io.atoll.http.Cluster.State;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterStateTest {
  @Test
  void aClusterIsWholeWhenAllServeAndNoCellMoves() {
    assertThat(state(0, node("up", true, 3)).flaw()).isEmpty();
  }

  @Test
  void aNodeThatIsNotUpOrSilentOrNotReadyIsNamed() {
    assertThat(state(0, node("up", true, 3), node("leaving", true, 3)).flaw())
        .contains("node a:1 is leaving");
    assertThat(state(0, node("up", false, -1)).flaw()).contains("node a:1 does not answer");
    assertThat(state(0, node("up", false, 3)).flaw()).contains("node a:1 does not take traffic");
  }

  @Test
  void cellsOnTheirWayAreCounted() {
    assertThat(state(1, node("up", true, 3)).flaw()).contains("1 cell is on the way");
    assertThat(state(2, node("up", true, 3)).flaw()).contains("2 cells are on the way");
    assertThat(state(-1, node("up", true, 3)).flaw())
        .contains("it is not known yet where the cells are");
  }

  private static State state(int moving, Node... nodes) {
    return new State(List.of(nodes), List.of(), moving, null, List.of());
  }

  private static Node node(String state, boolean ready, int tenants) {
    Figures figures = tenants < 0 ? null : new Figures("1", tenants, 0, 0, 0, 0, 0);
    return new Node("a:1", null, state, ready, List.of(), figures);
  }
}
