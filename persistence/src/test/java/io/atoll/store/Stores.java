package io.atoll.store;

import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/** Opens stores for tests. */
public final class Stores {
  /** Reads in the calling thread. */
  private static final Executor HERE = Runnable::run;

  private static final FatalFailure NEVER =
      (what, cause) -> {
        throw new AssertionError(what, cause);
      };

  private Stores() {}

  public static EmbeddedStore open(Path folder) {
    return EmbeddedStore.open(settings(folder, ""), HERE, NEVER);
  }

  /** Opens a store with these keys of {@code atoll.journal} changed. */
  public static EmbeddedStore open(Path folder, String changed) {
    return EmbeddedStore.open(settings(folder, changed), HERE, NEVER);
  }

  static EmbeddedStore open(
      Path folder, String changed, FatalFailure fatal, UnaryOperator<Committer.Sink> sink) {
    return EmbeddedStore.open(settings(folder, changed), HERE, fatal, sink);
  }

  public static StoreSettings settings(Path folder, String changed) {
    return StoreSettings.from(
        ConfigFactory.parseString("atoll.journal { " + changed + " }")
            .withFallback(ConfigFactory.parseString("atoll.data-folder = \"" + folder + "\""))
            .withFallback(ConfigFactory.load()));
  }

  /** What the stage completes with, within a minute. */
  public static <T> T result(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw sneaky(e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  /** What the stage fails with, within a minute. */
  public static Throwable failure(CompletionStage<?> stage) {
    try {
      Object value = stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
      throw new AssertionError("did not fail, but gave " + value);
    } catch (ExecutionException e) {
      return e.getCause();
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> RuntimeException sneaky(Throwable failure) throws E {
    throw (E) failure;
  }
}
