package io.atoll.cassandra;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Long work in small parts, one after the other: what others ask meanwhile comes between them,
 * where the whole at once would go before it.
 */
final class Portions {
  private Portions() {}

  /**
   * Does the work with so many of the things at a time; nothing more once it has failed. A chain
   * and no recursion: it may be long, and each of its stages complete already.
   */
  static <T> CompletionStage<Void> each(
      List<T> things, int atATime, Function<List<T>, CompletionStage<Void>> work) {
    CompletionStage<Void> done = CompletableFuture.completedFuture(null);
    for (int from = 0; from < things.size(); from += atATime) {
      List<T> part = things.subList(from, Math.min(from + atATime, things.size()));
      done = done.thenCompose(before -> work.apply(part));
    }
    return done;
  }
}
