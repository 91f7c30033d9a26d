package io.atoll.devcluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortsTest {
  @Test
  void portsFollowTheFirst() {
    assertThat(Ports.from(8080, 3)).containsExactly(8080, 8081, 8082);
  }

  @Test
  void zeroStaysZeroForEachNode() {
    assertThat(Ports.from(0, 2)).containsExactly(0, 0);
    assertThat(Ports.unusable(List.of(0, 0))).isEmpty();
  }

  @Test
  void aPortThatIsListenedOnIsUnusable() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(Ports.unusable(List.of(0, other.getLocalPort())))
          .containsExactly(other.getLocalPort());
    }
  }

  @Test
  void numbersThatAreNoPortsAreUnusable() {
    assertThat(Ports.unusable(List.of(-1, 65_536))).containsExactly(-1, 65_536);
  }

  @Test
  void freePortsDiffer() {
    assertThat(Ports.free(5)).hasSize(5).doesNotHaveDuplicates();
  }
}
