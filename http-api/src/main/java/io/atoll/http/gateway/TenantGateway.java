package io.atoll.http.gateway;

import io.atoll.http.session.EarlyRefusal;
import io.atoll.http.session.TenantLink;
import io.atoll.map.OperateReply;
import io.atoll.map.Operation;
import io.atoll.map.Outcome;
import io.atoll.plan.Tier;
import io.atoll.quota.Denial;
import io.atoll.quota.RateStatus;
import io.atoll.refusal.ErrorCode;
import io.atoll.refusal.Refusal;
import io.atoll.tenant.DirectAddress;
import io.atoll.tenant.TenantCommand;
import io.atoll.tenant.TenantPost;
import io.atoll.tenant.TenantQuestions;
import io.atoll.tenant.TenantReply;
import io.atoll.time.TimeSource;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;

/**
 * Sends commands to tenants and brings their answers back. Every stage completes without a failure:
 * a tenant that does not answer in time is {@code UNAVAILABLE}, and what it was told may or may not
 * have happened. Thread-safe.
 */
public final class TenantGateway implements TenantLink {
  private static final Refusal SILENT =
      Refusal.of(
          ErrorCode.UNAVAILABLE,
          "the tenant did not answer in time; a write may or may not have happened");
  private static final Refusal BUSY =
      Refusal.of(ErrorCode.UNAVAILABLE, "too many requests of this tenant are under way");
  private static final EarlyRefusal BUSY_EARLY = new EarlyRefusal(BUSY, null);

  /** Rates and samples are hints, for which no answer is held back for long. */
  private static final Duration HINT_PATIENCE = Duration.ofSeconds(1);

  private final TenantPost tenants;
  private final GatewaySettings settings;
  private final TimeSource time;
  private final Credits credits;
  private final Denials denials;
  private final Rates rates;
  private final ActorRef<OperateReply> replies;
  private final TenantQuestions questions;
  private final AtomicLong correlations = new AtomicLong();
  private final ConcurrentHashMap<Long, Pending> pending = new ConcurrentHashMap<>();

  private TenantGateway(
      ActorSystem<?> system, TenantPost tenants, GatewaySettings settings, TimeSource time) {
    this.tenants = tenants;
    this.settings = settings;
    this.time = time;
    this.credits = new Credits(settings.tenantCredit());
    this.denials = new Denials(settings.denialMemory(), settings.denialCacheSize(), time);
    this.rates = new Rates(settings.denialCacheSize(), this::askRate);
    this.replies = DirectAddress.open(system, "edge-replies", OperateReply.class, this::answered);
    this.questions = TenantQuestions.by(tenants, system);
  }

  /** A gateway to the tenants; one for each actor system. */
  public static TenantGateway open(
      ActorSystem<?> system, TenantPost tenants, GatewaySettings settings, TimeSource time) {
    TenantGateway gateway = new TenantGateway(system, tenants, settings, time);
    var interval = settings.requestTimeout().dividedBy(8);
    system
        .scheduler()
        .scheduleWithFixedDelay(interval, interval, gateway::expire, system.executionContext());
    return gateway;
  }

  /** Sends a command; what one thread sends to one tenant arrives in that order. */
  @Override
  public void tell(String tenantId, TenantCommand.Public command) {
    tenants.send(tenantId, command);
  }

  /** Asks one question and brings its one answer. */
  public CompletionStage<TenantReply> ask(
      String tenantId, Function<ActorRef<TenantReply>, TenantCommand.Public> question) {
    return ask(tenantId, question, settings.requestTimeout());
  }

  private CompletionStage<TenantReply> ask(
      String tenantId,
      Function<ActorRef<TenantReply>, TenantCommand.Public> question,
      Duration patience) {
    return questions
        .ask(tenantId, question, patience)
        .exceptionally(silence -> new TenantReply.Refused(SILENT));
  }

  /**
   * Applies operations in their order; each has an outcome of its own. Without any, the tenant is
   * still asked to admit the request. The stage completes on the request's executor, or here when
   * the operations are refused at once.
   */
  public CompletionStage<Operated> operate(String tenantId, OperateRequest request) {
    List<Operation> operations = request.operations();
    KnownDenial known = denials.find(tenantId);
    EarlyRefusal early = known == null ? null : refusedEarly(known, operations);
    if (early != null) {
      return CompletableFuture.completedFuture(refusedAll(operations, early, null));
    }
    if (!credits.acquire(tenantId, credit(operations))) {
      return CompletableFuture.completedFuture(refusedAll(operations, BUSY_EARLY, BUSY));
    }
    if (known != null) {
      known.sent(operations.size());
    }
    long correlation = correlations.incrementAndGet();
    Pending waiting = new Pending(tenantId, operations, time.nanoTime(), request.executor());
    pending.put(correlation, waiting);
    tell(
        tenantId,
        new TenantCommand.Operate(
            request.caller(), correlation, operations, request.promise(), false, replies));
    return waiting.result;
  }

  /**
   * Lets one operation more be under way, until {@link #release}; or says why it is refused at
   * once, without the tenant being asked.
   */
  @Override
  public @Nullable EarlyRefusal acquire(String tenantId, Operation operation) {
    KnownDenial known = denials.find(tenantId);
    EarlyRefusal early = known == null ? null : known.refusal(operation, time.nanoTime());
    if (early == null) {
      early = acquireRequest(tenantId);
      if (known != null && early == null) {
        known.sent(1);
      }
    }
    return early;
  }

  @Override
  public @Nullable EarlyRefusal acquireRequest(String tenantId) {
    return credits.acquire(tenantId, 1) ? null : BUSY_EARLY;
  }

  /** A request without operations waits in front of its tenant as one does. */
  private static int credit(List<Operation> operations) {
    return Math.max(1, operations.size());
  }

  /** So many operations are over. */
  @Override
  public void release(String tenantId, int operations) {
    credits.release(tenantId, operations);
  }

  /** A tenant has refused an operation; such are sent more seldom for a moment. */
  @Override
  public void denied(
      String tenantId, @Nullable Tier tier, Operation operation, Denial denial, long sentAt) {
    denials.remember(tenantId, tier, operation, denial, sentAt);
  }

  /** The tenant's limits have changed: what it refused before may pass now. */
  public void limitsChanged(String tenantId) {
    denials.forget(tenantId);
    rates.forget(tenantId);
  }

  /** Forgets the refusals and rates of all tenants. */
  public void forgetAll() {
    denials.forgetAll();
    rates.forgetAll();
  }

  /** Why all of the operations are refused at once; null when one may pass, and so all are sent. */
  private @Nullable EarlyRefusal refusedEarly(KnownDenial known, List<Operation> operations) {
    long now = time.nanoTime();
    EarlyRefusal first = null;
    for (Operation operation : operations) {
      EarlyRefusal refusal = known.refusal(operation, now);
      if (refusal == null) {
        return null;
      }
      first = first == null ? refusal : first;
    }
    return first;
  }

  /** Where the tenant's operations rate stood a moment ago; null when it has not said so. */
  public @Nullable RateStatus lastRate(String tenantId) {
    return rates.last(tenantId);
  }

  /** Where the tenant's operations rate stands; the tenant is asked when it has not said so. */
  public CompletionStage<Optional<RateStatus>> rate(String tenantId) {
    return rates.find(tenantId);
  }

  private CompletionStage<Optional<RateStatus>> askRate(String tenantId) {
    return ask(tenantId, TenantCommand.ReadRate::new, hintPatience())
        .thenApply(reply ->
            reply instanceof TenantReply.RateRead read
                ? Optional.of(read.rate())
                : Optional.empty());
  }

  /** The live figures of a tenant that is in memory, which is not kept there by being asked. */
  public CompletionStage<TenantReply> sample(String tenantId) {
    return ask(tenantId, TenantCommand.SampleStats::new, hintPatience());
  }

  private Duration hintPatience() {
    Duration timeout = settings.requestTimeout();
    return timeout.compareTo(HINT_PATIENCE) < 0 ? timeout : HINT_PATIENCE;
  }

  private void answered(OperateReply reply) {
    Pending request = pending.get(reply.correlation());
    if (request != null) {
      request.run(() -> add(request, reply));
    }
  }

  private void add(Pending request, OperateReply reply) {
    if (request.add(reply)) {
      finish(reply.correlation(), request);
    }
  }

  private void expire() {
    long now = time.nanoTime();
    long timeout = settings.requestTimeout().toNanos();
    pending.forEach((correlation, request) -> {
      if (now - request.startedAt >= timeout) {
        request.run(() -> giveUp(correlation, request));
      }
    });
  }

  private void giveUp(long correlation, Pending request) {
    if (request.giveUp(SILENT)) {
      finish(correlation, request);
    }
  }

  private void finish(long correlation, Pending request) {
    pending.remove(correlation);
    credits.release(request.tenantId, credit(request.operations));
    Operated operated = request.operated();
    if (operated.rate() != null) {
      rates.told(request.tenantId, operated.rate());
    }
    remember(request, operated);
    request.result.complete(operated);
  }

  private void remember(Pending request, Operated operated) {
    for (int i = 0; i < request.operations.size(); i++) {
      if (operated.outcomes().get(i) instanceof Outcome.Refused refused
          && refused.refusal().denial() != null) {
        denied(
            request.tenantId,
            operated.tier(),
            request.operations.get(i),
            refused.refusal().denial(),
            request.startedAt);
      }
    }
  }

  private static Operated refusedAll(
      List<Operation> operations, EarlyRefusal early, @Nullable Refusal whole) {
    Outcome refused = new Outcome.Refused(early.refusal());
    return new Operated(
        Collections.nCopies(operations.size(), refused), whole, early.tier(), null, true);
  }
}
