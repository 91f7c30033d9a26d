package io.atoll.http.session;

import io.atoll.map.OperateReply;
import io.atoll.map.Operation;
import io.atoll.map.Outcome;
import io.atoll.plan.Tier;
import io.atoll.refusal.ErrorCode;
import io.atoll.refusal.Refusal;
import io.atoll.tenant.Caller;
import io.atoll.tenant.TenantCommand;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * The reads and writes of a session. Those of one frame go to each tenant together, in their order,
 * as far as there is room for them; the rest of the frame follows as a part of the same request.
 * Each is answered once: by its tenant, or as unavailable when the tenant is silent for too long.
 */
final class Operations {
  private final SessionEnvironment environment;
  private final SessionMeter meter;
  private final Outlet outlet;
  private final ActorRef<OperateReply> replies;
  private final Map<String, Batch> gathered = new LinkedHashMap<>();
  private final InFlight inFlight = new InFlight();

  /** Tenants that were sent a part of the present frame, and what they refused it with. */
  private final Set<String> continued = new HashSet<>();

  private final Map<String, Refusal> rejected = new HashMap<>();
  private @Nullable Batch last;
  private int gatheredOperations;
  private long gatheredBytes;
  private long lastNumber = -1;
  private long firstOfFrame;

  Operations(SessionEnvironment environment, Outlet outlet, ActorRef<OperateReply> replies) {
    this.environment = environment;
    this.meter = new SessionMeter(environment.metrics());
    this.outlet = outlet;
    this.replies = replies;
  }

  /** What is added from now on belongs to another frame. */
  void beginFrame() {
    firstOfFrame = lastNumber + 1;
    if (!continued.isEmpty()) {
      continued.clear();
      rejected.clear();
    }
  }

  /**
   * Takes in an operation; it goes on its way with {@link #send}. Returns false when it has to wait
   * until something that this session has under way is over.
   */
  boolean add(RequestId id, String tenantId, Operation operation) {
    EarlyRefusal early = early(tenantId, operation);
    if (early == null) {
      batchOf(tenantId).add(id, operation);
      gatheredOperations++;
      gatheredBytes += operation.bytesIn();
      return true;
    }
    if (early.isBusy() && !(isEmpty() && gathered.isEmpty())) {
      return false;
    }
    outlet.next().refused(id, early.refusal());
    meter.refused(tenantId, early.tier(), early.refusal(), true);
    return true;
  }

  private @Nullable EarlyRefusal early(String tenantId, Operation operation) {
    Refusal ofFrame = rejected.isEmpty() ? null : rejected.get(tenantId);
    return ofFrame == null
        ? environment.tenants().acquire(tenantId, operation)
        : new EarlyRefusal(ofFrame, null);
  }

  /** Sends what was gathered, on behalf of this caller. */
  void send(Caller caller) {
    for (Batch batch : gathered.values()) {
      boolean goesOn = !continued.isEmpty() && continued.contains(batch.tenantId());
      tell(caller, batch, goesOn);
    }
    gathered.clear();
    gatheredOperations = 0;
    gatheredBytes = 0;
    last = null;
  }

  /** Sends what was gathered of a frame of which more follows when there is room. */
  void sendPart(Caller caller) {
    List<String> tenants = List.copyOf(gathered.keySet());
    send(caller);
    continued.addAll(tenants);
  }

  private void tell(Caller caller, Batch batch, boolean goesOn) {
    lastNumber = inFlight.add(batch);
    environment
        .tenants()
        .tell(
            batch.tenantId(),
            new TenantCommand.Operate(
                caller, lastNumber, batch.operations(), null, goesOn, replies));
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
    tell(caller, batch, false);
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
      case OperateReply.Rejected whole -> {
        if (reply.correlation() >= firstOfFrame && continued.contains(batch.tenantId())) {
          rejected.put(batch.tenantId(), whole.refusal());
        }
        refuse(batch, whole.refusal());
      }
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
    return inFlight.operations() + gatheredOperations >= settings.maxInFlightOperations()
        || inFlight.bytes() + gatheredBytes >= settings.maxInFlightBytes();
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
        remember(batch, outcomes.tier(), operation, outcome);
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

  private void remember(Batch batch, Tier tier, Operation operation, Outcome outcome) {
    if (outcome instanceof Outcome.Refused refused && refused.refusal().denial() != null) {
      environment
          .tenants()
          .denied(batch.tenantId(), tier, operation, refused.refusal().denial(), batch.startedAt());
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
