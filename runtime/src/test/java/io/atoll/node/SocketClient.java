package io.atoll.node;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One WebSocket: what it receives, message by message, and how it ends. */
public final class SocketClient implements WebSocket.Listener {
  private static final long BOUND_SECONDS = 120;

  private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final CompletableFuture<WebSocket> open = new CompletableFuture<>();
  private final StringBuilder text = new StringBuilder();

  @Override
  public void onOpen(WebSocket socket) {
    open.complete(socket);
    socket.request(1);
  }

  @Override
  public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
    text.append(part);
    if (last) {
      JsonNode frame = Answer.parse(text.toString());
      text.setLength(0);
      if (frame.isArray()) {
        frame.forEach(messages::add);
      } else {
        messages.add(frame);
      }
    }
    socket.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    closed.complete(code);
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable failure) {
    closed.completeExceptionally(failure);
  }

  /** Sends one frame. */
  public void send(String frame) {
    await(await(open).sendText(frame, true));
  }

  /** Sends one frame and waits for the next message. */
  public JsonNode ask(String frame) {
    send(frame);
    return next();
  }

  /** The next message. */
  public JsonNode next() {
    try {
      JsonNode message = messages.poll(BOUND_SECONDS, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("no message; closed: " + closed);
      }
      return message;
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  /** Waits for the close code. */
  public int closeCode() {
    return await(closed);
  }

  public boolean isClosed() {
    return closed.isDone();
  }

  /** Closes and waits for the answer. */
  public void close() {
    await(await(open).sendClose(WebSocket.NORMAL_CLOSURE, ""));
    closeCode();
  }

  private static <T> T await(CompletableFuture<T> future) {
    try {
      return future.get(BOUND_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException failed) {
      throw new AssertionError(failed);
    }
  }
}
