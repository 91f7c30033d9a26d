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
 * A request whose operations are under way: gathers outcomes until each has its own. What happens
 * to it happens on the executor of whoever waits for it.
 */
final class Pending {
  private static final Logger LOG = LoggerFactory.getLogger(Pending.class);

  final String tenantId;
  final List<Operation> operations;
  final long deadline;
  private final Executor executor;
  final CompletableFuture<Operated> result = new CompletableFuture<>();
  private final @Nullable Outcome[] outcomes;
  private int missing;
  private @Nullable Tier tier;
  private @Nullable RateStatus rate;

  Pending(String tenantId, List<Operation> operations, long deadline, Executor executor) {
    this.tenantId = tenantId;
    this.operations = operations;
    this.deadline = deadline;
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
    if (missing == 0) {
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
        fill(all.refusal());
      }
    }
    return missing == 0;
  }

  /** Refuses what has no outcome yet; true unless all had one. */
  synchronized boolean giveUp(Refusal refusal) {
    boolean open = missing > 0;
    fill(refusal);
    return open;
  }

  synchronized Operated operated() {
    return new Operated(List.copyOf(Arrays.asList(outcomes)), tier, rate);
  }

  private void put(int position, Outcome outcome) {
    if (outcomes[position] == null) {
      outcomes[position] = outcome;
      missing--;
    }
  }

  private void fill(Refusal refusal) {
    for (int i = 0; i < outcomes.length; i++) {
      put(i, new Outcome.Refused(refusal));
    }
  }
}
