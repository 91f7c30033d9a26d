package io.atoll.node;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.atoll.http.gateway.OperateRequest;
import io.atoll.http.gateway.TenantGateway;
import io.atoll.map.Key;
import io.atoll.map.Operation;
import io.atoll.tenant.Caller;
import io.atoll.tenant.TenantCommand;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the node's own port, and through its edge a few tenants that are not there, when the node
 * is up in its cluster and before it says that it is ready: from that moment on many callers come
 * at once, and all of them would wait for code that was never run. Nothing is changed; the ids are
 * none that a caller can name. Used by one thread.
 */
final class EdgeRehearsal {
  private static final Logger LOG = LoggerFactory.getLogger(EdgeRehearsal.class);
  private static final int ROUNDS = 60;
  private static final int TENANTS = 6;
  private static final int PATIENCE_MS = 2_000;
  private static final String MAP = "rehearsal";
  private static final Key KEY = Key.of("key");
  private static final List<Operation> OPERATIONS =
      List.of(
          new Operation.Get(MAP, KEY),
          new Operation.Set(
              MAP, KEY, "\"value\"".getBytes(UTF_8), Operation.ANY, Operation.FOREVER, null));
  private static final byte[] REQUEST =
      "GET /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII);

  private final TenantGateway gateway;
  private final String node;
  private final long end;

  private EdgeRehearsal(TenantGateway gateway, String node, long end) {
    this.gateway = gateway;
    this.node = node;
    this.end = end;
  }

  /**
   * Calls, for about so long at most, not at all for zero, on a thread of its own. The stage never
   * fails: a node that has not rehearsed is only less prepared than it could be.
   *
   * @param node the name of this node, which no other node has
   * @param port where plain HTTP is served; null when it is not
   */
  static CompletionStage<?> run(
      TenantGateway gateway, String node, @Nullable InetSocketAddress port, Duration longest) {
    if (longest.isZero()) {
      return CompletableFuture.completedFuture(node);
    }
    long end = System.nanoTime() + longest.toNanos();
    EdgeRehearsal rehearsal = new EdgeRehearsal(gateway, node, end);
    return CompletableFuture.runAsync(
        () -> rehearsal.run(port),
        task -> Thread.ofPlatform().daemon().name("edge-rehearsal").start(task));
  }

  private void run(@Nullable InetSocketAddress port) {
    try {
      for (int round = 0; hasTime(round); round++) {
        ask("~" + node + "~" + round % TENANTS);
      }
      if (port != null) {
        call(port);
      }
      LOG.info("rehearsed the edge");
    } catch (RuntimeException | IOException failed) {
      LOG.warn(
          "the rehearsal of the edge ends, the first calls may be slow: {}", failed.toString());
    }
  }

  private boolean hasTime(int round) {
    return round < ROUNDS && System.nanoTime() - end < 0;
  }

  private void ask(String tenantId) {
    join(
        gateway.operate(
            tenantId, new OperateRequest(Caller.ADMIN, OPERATIONS, null, Runnable::run)));
    join(
        gateway.ask(
            tenantId, replyTo -> new TenantCommand.VerifyKey(MAP, MAP.getBytes(UTF_8), replyTo)));
  }

  private static void join(CompletionStage<?> answer) {
    answer.toCompletableFuture().orTimeout(PATIENCE_MS, TimeUnit.MILLISECONDS).join();
  }

  private void call(InetSocketAddress port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(PATIENCE_MS);
      socket.connect(port, PATIENCE_MS);
      InputStream answers = socket.getInputStream();
      byte[] answer = new byte[1024];
      for (int round = 0; hasTime(round); round++) {
        socket.getOutputStream().write(REQUEST);
        if (answers.read(answer) < 0) {
          throw new IOException("the port was closed");
        }
      }
    }
  }
}
