package io.atoll.http.listener;

import com.typesafe.config.Config;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.dispatch.DispatcherPrerequisites;
import org.apache.pekko.dispatch.ExecutorServiceConfigurator;
import org.apache.pekko.dispatch.ExecutorServiceFactory;

/**
 * The kind of executor, for Pekko's configuration, by which a dispatcher's actors run on the {@link
 * SharedLoops}. Its actors must not block.
 */
public final class LoopExecutorConfigurator extends ExecutorServiceConfigurator {
  public LoopExecutorConfigurator(Config config, DispatcherPrerequisites prerequisites) {
    super(config, prerequisites);
  }

  @Override
  public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory threads) {
    return LoopExecutor::new;
  }

  /** A dispatcher's view of the loops: what it shuts down is the view. */
  private static final class LoopExecutor extends AbstractExecutorService {
    private final CountDownLatch open = new CountDownLatch(1);

    @Override
    public void execute(Runnable task) {
      SharedLoops.execute(task);
    }

    @Override
    public void shutdown() {
      open.countDown();
    }

    @Override
    public List<Runnable> shutdownNow() {
      shutdown();
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return open.getCount() == 0;
    }

    @Override
    public boolean isTerminated() {
      return isShutdown();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
      return open.await(timeout, unit);
    }
  }
}
