package io.atoll.bench;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One connection: the calls under way on it, and those that wait until one of them is answered.
 * Lives on its worker's event loop.
 */
abstract class Link extends ChannelInboundHandlerAdapter {
  static final String DISCONNECTED = "DISCONNECTED";

  private final int number;
  private final Owner owner;
  private final @Nullable Call[] underWay;
  private final int[] free;
  private final ArrayDeque<Call> backlog = new ArrayDeque<>();
  private final CompletableFuture<Void> opened = new CompletableFuture<>();
  private int freeCount;
  private @Nullable Channel channel;
  private String lostBecause = DISCONNECTED;

  /** Who makes the calls. */
  interface Owner {
    /** A call is over. */
    void answered(Call call, Outcome outcome);

    /** More calls may go out now. */
    void refill(Link link);

    /** The connection is gone. */
    void lost(Link link);
  }

  Link(int number, int depth, Owner owner) {
    this.number = number;
    this.owner = owner;
    this.underWay = new Call[depth];
    this.free = new int[depth];
    freeAll();
  }

  /** Adds the protocol's handlers, this one last. */
  abstract void install(ChannelPipeline pipeline);

  /** Writes the call; the answer comes with the same slot. */
  abstract void write(Channel to, int slot, Call call);

  /** Sends what was written since. */
  abstract void flush(Channel to);

  int number() {
    return number;
  }

  /** Completes when the connection serves for the first time, or fails to. */
  CompletableFuture<Void> opened() {
    return opened;
  }

  boolean isOpen() {
    return channel != null;
  }

  int callsUnderWay() {
    return underWay.length - freeCount;
  }

  boolean hasRoom() {
    return channel != null && freeCount > 0;
  }

  /** Makes the call now, or when there is room. */
  void offer(Call call) {
    Channel to = channel;
    if (to == null || freeCount == 0) {
      backlog.add(call);
    } else {
      start(to, call);
    }
  }

  void flush() {
    Channel to = channel;
    if (to != null) {
      flush(to);
    }
  }

  int waiting() {
    return backlog.size();
  }

  /** Takes the call that has waited longest, null when none waits. */
  @Nullable Call forget() {
    return backlog.poll();
  }

  /** Ends all calls under way with this outcome. */
  void giveUp(Outcome outcome) {
    @Nullable Call[] left = underWay.clone();
    java.util.Arrays.fill(underWay, null);
    freeAll();
    for (Call call : left) {
      if (call != null) {
        owner.answered(call, outcome);
      }
    }
  }

  void close() {
    Channel to = channel;
    if (to != null) {
      to.close();
    }
  }

  /** The connection serves from now on. */
  void open(Channel ready) {
    channel = ready;
    lostBecause = DISCONNECTED;
    opened.complete(null);
    startWaiting();
    owner.refill(this);
    flush();
  }

  /** The connection could not be made. */
  void failed(Throwable cause) {
    opened.completeExceptionally(cause);
    owner.lost(this);
  }

  /** Names why the connection will be gone. */
  void losing(String reason) {
    lostBecause = reason;
  }

  void answered(int slot, Outcome outcome) {
    Call call = slot < underWay.length ? underWay[slot] : null;
    if (call == null) {
      return;
    }
    underWay[slot] = null;
    free[freeCount++] = slot;
    owner.answered(call, outcome);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    startWaiting();
    owner.refill(this);
    flush();
    context.fireChannelReadComplete();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    channel = null;
    giveUp(new Outcome.Failed(lostBecause));
    opened.completeExceptionally(new BenchException("the connection was closed: " + lostBecause));
    owner.lost(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    opened.completeExceptionally(cause);
    context.close();
  }

  private void startWaiting() {
    Channel to = channel;
    while (to != null && freeCount > 0 && !backlog.isEmpty()) {
      start(to, backlog.remove());
    }
  }

  private void start(Channel to, Call call) {
    int slot = free[--freeCount];
    underWay[slot] = call;
    write(to, slot, call);
  }

  private void freeAll() {
    for (int slot = 0; slot < free.length; slot++) {
      free[slot] = slot;
    }
    freeCount = free.length;
  }
}
