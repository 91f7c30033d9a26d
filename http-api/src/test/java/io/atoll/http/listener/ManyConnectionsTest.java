package io.atoll.http.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two thousand clients at once, more than the listener takes. */
@Timeout(600)
class ManyConnectionsTest {
  private static final int CLIENTS = 2_000;
  private static final int TAKEN = 1_500;
  private static final int FILES = 2 * CLIENTS + 500;

  @Test
  void eachIsServedOrRefusedInWords() throws IOException {
    assumeTrue(filesLeft() >= FILES, "needs " + FILES + " files that may be open");
    List<RawClient> clients = new ArrayList<>();
    try (var fixture =
        ListenerFixture.open(
            "max-connections = " + TAKEN,
            request -> CompletableFuture.completedFuture(HttpResponse.create().withEntity("hi")))) {
      for (int client = 0; client < CLIENTS; client++) {
        clients.add(fixture.connect().send("GET / HTTP/1.1\r\nHost: atoll\r\n\r\n"));
      }
      int served = 0;
      for (RawClient client : clients) {
        served += isServed(client.readAnswer()) ? 1 : 0;
      }
      assertThat(served).isBetween(TAKEN, CLIENTS - 1);
      Await.until(ListenerFixture.BOUND, () -> fixture.listener().connections() >= TAKEN);
      closeAll(clients);
      Await.until(ListenerFixture.BOUND, () -> fixture.listener().connections() == 0);
      try (var next = fixture.connect()) {
        assertThat(next.send("GET / HTTP/1.1\r\nHost: atoll\r\n\r\n").readAnswer())
            .startsWith("HTTP/1.1 200");
      }
    } finally {
      closeAll(clients);
    }
  }

  private static boolean isServed(String answer) {
    if (answer.startsWith("HTTP/1.1 200 OK")) {
      assertThat(answer).endsWith("hi");
      return true;
    }
    Problem.assertIn(answer, 503, "UNAVAILABLE");
    return false;
  }

  private static void closeAll(List<RawClient> clients) throws IOException {
    for (RawClient client : clients) {
      client.close();
    }
  }

  private static long filesLeft() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getMaxFileDescriptorCount() - unix.getOpenFileDescriptorCount()
        : 0;
  }
}
