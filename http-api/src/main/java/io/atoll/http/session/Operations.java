package io.atoll.http.session;

import io.atoll.map.OperateReply;
import io.atoll.map.Operation;
import io.atoll.map.Outcome;
import io.atoll.plan.Tier;
import io.atoll.refusal.ErrorCode;
import io.atoll.refusal.Refusal;
import io.atoll.tenant.Caller;
import io.atoll.tenant.TenantCommand;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * The reads and writes of a session. Those of one frame go to each tenant together, in their order;
 * each is answered once: by its tenant, or as unavailable when the tenant is silent for too long.
 */
final class Operations {
  private final SessionEnvironment environment;
  private final SessionMeter meter;
  private final Outlet outlet;
  private final ActorRef<OperateReply> replies;
  private final Map<String, Batch> gathered = new LinkedHashMap<>();
  private final InFlight inFlight = new InFlight();
  private @Nullable Batch last;

  Operations(SessionEnvironment environment, Outlet outlet, ActorRef<OperateReply> replies) {
    this.environment = environment;
    this.meter = new SessionMeter(environment.metrics());
    this.outlet = outlet;
    this.replies = replies;
  }

  /** Takes in an operation; it goes on its way with {@link #send}. */
  void add(RequestId id, String tenantId, Operation operation) {
    EarlyRefusal early = environment.tenants().acquire(tenantId, operation);
    if (early == null) {
      batchOf(tenantId).add(id, operation);
    } else {
      outlet.next().refused(id, early.refusal());
      meter.refused(tenantId, early.tier(), early.refusal(), true);
    }
  }

  /** Sends what was gathered, on behalf of this caller. */
  void send(Caller caller) {
    for (Batch batch : gathered.values()) {
      tell(caller, inFlight.add(batch), batch);
    }
    gathered.clear();
    last = null;
  }

  private void tell(Caller caller, long number, Batch batch) {
    environment
        .tenants()
        .tell(
            batch.tenantId(),
            new TenantCommand.Operate(caller, number, batch.operations(), replies));
  }

  /**
   * Lets the tenant admit a frame in which nothing can be understood: it is a request all the same.
   */
  void admit(Caller caller, String tenantId, List<Request.Bad> bad) {
    EarlyRefusal early = environment.tenants().acquireRequest(tenantId);
    if (early != null) {
      bad.forEach(request -> outlet.next().refused(request.id(), early.refusal()));
      meter.refused(tenantId, early.tier(), early.refusal(), true);
      return;
    }
    Batch batch = Batch.ofBad(tenantId, environment.time().nanoTime(), bad);
    tell(caller, inFlight.add(batch), batch);
  }

  /** Hands a tenant's answer on; one that comes too late is passed over. */
  void on(OperateReply reply) {
    Batch batch = inFlight.find(reply.correlation());
    if (batch == null) {
      return;
    }
    int before = batch.open();
    switch (reply) {
      case OperateReply.Outcomes outcomes -> answer(batch, outcomes);
      case OperateReply.Rejected rejected -> refuse(batch, rejected.refusal());
    }
    answered(reply.correlation(), batch, before);
  }

  /** Answers what has waited for too long; what became of it is not known. */
  void expire() {
    long timeout = environment.settings().requestTimeout().toNanos();
    long now = environment.time().nanoTime();
    while (!inFlight.isEmpty()) {
      long number = inFlight.oldest();
      Batch batch = inFlight.find(number);
      if (batch == null || now - batch.startedAt() < timeout) {
        return;
      }
      int before = batch.open();
      refuse(batch, unanswered());
      answered(number, batch, before);
    }
  }

  /** Forgets everything; the answers have nowhere to go. */
  void abandon() {
    while (!inFlight.isEmpty()) {
      long number = inFlight.oldest();
      Batch batch = inFlight.find(number);
      if (batch != null) {
        release(batch, batch.open());
      }
      inFlight.remove(number);
    }
    gathered.values().forEach(batch -> release(batch, batch.open()));
    gathered.clear();
  }

  /** Whether nothing waits for an answer. */
  boolean isEmpty() {
    return inFlight.isEmpty();
  }

  /** Whether as much is under way as may be. */
  boolean isFull() {
    SessionSettings settings = environment.settings();
    return inFlight.operations() >= settings.maxInFlightOperations()
        || inFlight.bytes() >= settings.maxInFlightBytes();
  }

  private Batch batchOf(String tenantId) {
    Batch batch = last;
    if (batch == null || !batch.tenantId().equals(tenantId)) {
      batch = gathered.computeIfAbsent(tenantId, this::newBatch);
      last = batch;
    }
    return batch;
  }

  private Batch newBatch(String tenantId) {
    return new Batch(tenantId, environment.time().nanoTime());
  }

  private void answer(Batch batch, OperateReply.Outcomes outcomes) {
    long nanos = environment.time().nanoTime() - batch.startedAt();
    int[] positions = outcomes.positions();
    for (int at = 0; at < positions.length; at++) {
      RequestId id = batch.answer(positions[at]);
      Outcome outcome = outcomes.outcomes().get(at);
      if (id != null) {
        outlet.next().outcome(id, outcome);
        Operation operation = batch.operations().get(positions[at]);
        meter.answered(batch.tenantId(), outcomes.tier(), operation, outcome);
        remember(batch.tenantId(), outcomes.tier(), operation, outcome);
      }
    }
    for (int at = 0; at < batch.bad().size(); at++) {
      RequestId id = batch.answer(at);
      if (id != null) {
        outlet.next().refused(id, batch.bad().get(at).refusal());
      }
    }
    meter.replied(batch.tenantId(), outcomes.tier(), nanos);
  }

  private void remember(String tenantId, Tier tier, Operation operation, Outcome outcome) {
    if (outcome instanceof Outcome.Refused refused && refused.refusal().denial() != null) {
      environment.tenants().denied(tenantId, tier, operation, refused.refusal().denial());
    }
  }

  private void refuse(Batch batch, Refusal refusal) {
    for (int position = 0; position < batch.size(); position++) {
      RequestId id = batch.answer(position);
      if (id != null) {
        outlet.next().refused(id, refusal);
        meter.refused(batch.tenantId(), null, refusal, false);
      }
    }
  }

  private void answered(long number, Batch batch, int before) {
    int count = before - batch.open();
    inFlight.answered(count);
    release(batch, count);
    if (batch.open() == 0) {
      inFlight.remove(number);
    }
  }

  /** Bad requests were let through as one, and are answered at once. */
  private void release(Batch batch, int count) {
    environment.tenants().release(batch.tenantId(), batch.bad().isEmpty() ? count : 1);
  }

  private Refusal unanswered() {
    return Refusal.of(
        ErrorCode.UNAVAILABLE,
        "no answer within "
            + environment.settings().requestTimeout().toMillis()
            + " ms; a write may or may not have happened");
  }
}
