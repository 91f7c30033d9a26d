package io.atoll.http.listener;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One event loop for each core, for all that a process does without blocking: its sockets, and the
 * actors that serve what comes from them. Work that begins on a loop goes on there, so an operation
 * that meets no disk needs no other thread to be woken. The loops live as long as the process.
 * Thread-safe.
 */
public final class SharedLoops {
  private static final FastThreadLocal<EventLoop> HERE = new FastThreadLocal<>();
  private static final SharedLoops INSTANCE = new SharedLoops();

  private final EventLoopGroup group =
      new NioEventLoopGroup(
          Runtime.getRuntime().availableProcessors(), new DefaultThreadFactory("atoll-loop", true));
  private final List<EventLoop> loops = new ArrayList<>();
  private final AtomicInteger next = new AtomicInteger();

  private SharedLoops() {
    for (EventExecutor each : group) {
      EventLoop loop = (EventLoop) each;
      loop.execute(() -> HERE.set(loop));
      loops.add(loop);
    }
  }

  /** The loops for sockets; not to be shut down. */
  public static EventLoopGroup group() {
    return INSTANCE.group;
  }

  /** Runs the task on the loop that this thread is, or on the next one in turn. */
  static void execute(Runnable task) {
    EventLoop here = HERE.getIfExists();
    (here == null ? INSTANCE.nextLoop() : here).execute(task);
  }

  private EventLoop nextLoop() {
    return loops.get(Math.floorMod(next.getAndIncrement(), loops.size()));
  }
}
