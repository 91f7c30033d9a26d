package io.atoll.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.http.gateway.GatewaySettings;
import io.atoll.http.gateway.TenantGateway;
import io.atoll.map.OperateReply;
import io.atoll.refusal.ErrorCode;
import io.atoll.refusal.Refusal;
import io.atoll.tenant.TenantCommand;
import io.atoll.tenant.TenantPost;
import io.atoll.tenant.TenantReply;
import io.atoll.time.TimeSource;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EdgeRehearsalTest {
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final Refusal NOBODY = Refusal.of(ErrorCode.TENANT_NOT_FOUND, "nobody");

  private final ActorTestKit kit = ActorTestKit.create();
  private final Queue<String> operated = new ConcurrentLinkedQueue<>();
  private final Queue<String> verified = new ConcurrentLinkedQueue<>();

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void tenantsThatNobodyCanNameAreAskedForThroughTheEdge() throws Exception {
    rehearse(this::refuse, null, LONGEST);

    assertThat(operated).hasSize(60).contains("~a:1~0", "~a:1~5");
    assertThat(verified).containsExactlyElementsOf(operated);
  }

  @Test
  void thePortIsCalled() throws Exception {
    try (ServerSocket port = new ServerSocket(0)) {
      CompletableFuture<Integer> called =
          CompletableFuture.supplyAsync(() -> answerAll(port), Thread::startVirtualThread);

      rehearse(this::refuse, (InetSocketAddress) port.getLocalSocketAddress(), LONGEST);

      assertThat(called.get(60, TimeUnit.SECONDS)).isEqualTo(60);
    }
  }

  @Test
  void withoutTimeForItNobodyIsAsked() throws Exception {
    rehearse(this::refuse, null, Duration.ZERO);

    assertThat(operated).isEmpty();
  }

  @Test
  void silenceIsTheEndOfIt() throws Exception {
    rehearse((tenant, command) -> operated.add(tenant), null, LONGEST);

    assertThat(operated).containsExactly("~a:1~0");
  }

  private void rehearse(TenantPost post, @Nullable InetSocketAddress port, Duration longest)
      throws Exception {
    GatewaySettings settings =
        GatewaySettings.from(kit.system().settings().config().getConfig("atoll.http.gateway"));
    TenantGateway gateway = TenantGateway.open(kit.system(), post, settings, TimeSource.system());
    EdgeRehearsal.run(gateway, "a:1", port, longest)
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS);
  }

  private void refuse(String tenant, TenantCommand.Public command) {
    switch (command) {
      case TenantCommand.Operate operate -> {
        operated.add(tenant);
        operate
            .replyTo()
            .tell(new OperateReply.Rejected(tenant, operate.correlation(), NOBODY, null));
      }
      case TenantCommand.VerifyKey verify -> {
        verified.add(tenant);
        verify.replyTo().tell(new TenantReply.Refused(NOBODY));
      }
      default -> throw new AssertionError(command);
    }
  }

  /** Answers each request until the caller goes; returns how many there were. */
  private static int answerAll(ServerSocket port) {
    byte[] request = new byte[1024];
    int requests = 0;
    try (Socket caller = port.accept()) {
      while (caller.getInputStream().read(request) > 0) {
        requests++;
        caller
            .getOutputStream()
            .write(
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      }
      return requests;
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }
}
