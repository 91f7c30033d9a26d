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
import org.jspecify.annotations.Nullable;

/** A request whose operations are under way: gathers outcomes until each has its own. */
final class Pending {
  final String tenantId;
  final List<Operation> operations;
  final long deadline;
  final CompletableFuture<Operated> result = new CompletableFuture<>();
  private final @Nullable Outcome[] outcomes;
  private int missing;
  private @Nullable Tier tier;
  private @Nullable RateStatus rate;

  Pending(String tenantId, List<Operation> operations, long deadline) {
    this.tenantId = tenantId;
    this.operations = operations;
    this.deadline = deadline;
    this.outcomes = new Outcome[operations.size()];
    this.missing = operations.size();
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
