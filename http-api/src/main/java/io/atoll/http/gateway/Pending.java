package io.atoll.http.gateway;

import io.atoll.map.OperateReply;
import io.atoll.map.Operation;
import io.atoll.map.Outcome;
import io.atoll.plan.Tier;
import io.atoll.quota.RateStatus;
import io.atoll.refusal.Refusal;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request that is under way: gathers outcomes until each operation has its own. A request without
 * operations is over with its first answer. What happens to it happens on the executor of whoever
 * waits for it.
 */
final class Pending {
  private static final Logger LOG = LoggerFactory.getLogger(Pending.class);

  final String tenantId;
  final List<Operation> operations;

  /** Monotonic nanoseconds. */
  final long startedAt;

  private final Executor executor;
  final CompletableFuture<Operated> result = new CompletableFuture<>();
  private final @Nullable Outcome[] outcomes;
  private int missing;
  private boolean over;
  private @Nullable Refusal refusal;
  private @Nullable Tier tier;
  private @Nullable RateStatus rate;

  Pending(String tenantId, List<Operation> operations, long startedAt, Executor executor) {
    this.tenantId = tenantId;
    this.operations = operations;
    this.startedAt = startedAt;
    this.executor = executor;
    this.outcomes = new Outcome[operations.size()];
    this.missing = operations.size();
  }

  /** Runs on the executor; here when that takes nothing more because its connections are over. */
  void run(Runnable action) {
    try {
      executor.execute(action);
    } catch (RejectedExecutionException over) {
      LOG.debug("the executor of a request has ended", over);
      action.run();
    }
  }

  /** Takes in an answer; true when it was the last one that was missing. */
  synchronized boolean add(OperateReply reply) {
    if (over) {
      return false;
    }
    switch (reply) {
      case OperateReply.Outcomes some -> {
        tier = some.tier();
        rate = some.rate();
        int[] positions = some.positions();
        for (int i = 0; i < positions.length; i++) {
          put(positions[i], some.outcomes().get(i));
        }
      }
      case OperateReply.Rejected all -> {
        rate = all.rate();
        refuse(all.refusal());
      }
    }
    over = missing == 0;
    return over;
  }

  /** Refuses what has no outcome yet; true unless all had one. */
  synchronized boolean giveUp(Refusal reason) {
    boolean open = !over;
    if (open) {
      refuse(reason);
      over = true;
    }
    return open;
  }

  synchronized Operated operated() {
    return new Operated(List.copyOf(Arrays.asList(outcomes)), refusal, tier, rate, false);
  }

  private void put(int position, Outcome outcome) {
    if (outcomes[position] == null) {
      outcomes[position] = outcome;
      missing--;
    }
  }

  /** The request as a whole is refused, unless some of it was answered before. */
  private void refuse(Refusal reason) {
    refusal = missing == outcomes.length ? reason : null;
    for (int i = 0; i < outcomes.length; i++) {
      put(i, new Outcome.Refused(reason));
    }
  }
}
