package io.atoll.quota;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The flows and connections of one tenant, held against its quotas. A refusal consumes nothing. All
 * times are monotonic nanoseconds. Not thread-safe: it belongs to the tenant's actor. An admission
 * allocates nothing but a denial, and now and then what {@link #rest} gave back.
 */
public final class QuotaTracker {
  private final TokenBucket operations;
  private final WindowShape shape;
  private final long origin;

  /** Null while nothing flows, as it is for most tenants. */
  private @Nullable Flows flows;

  private Quotas quotas;
  private long requestLimit;
  private long byteLimit;
  private long messageLimit;
  private int connections;

  public QuotaTracker(Quotas quotas, long now) {
    this(quotas, WindowShape.SECOND, now);
  }

  public QuotaTracker(Quotas quotas, WindowShape shape, long now) {
    this.quotas = quotas;
    this.operations =
        new TokenBucket(quotas.limit(Quota.OPS_PER_SECOND), quotas.limit(Quota.BURST), now);
    this.shape = shape;
    this.origin = now;
    readLimits();
  }

  private Flows flows() {
    Flows present = flows;
    if (present == null) {
      present = new Flows(shape, origin);
      flows = present;
    }
    return present;
  }

  /**
   * What has been used and counts on; empty when that is nothing.
   *
   * @param at the same time in epoch milliseconds
   */
  public Optional<FlowUse> use(long now, long at) {
    FlowUse use =
        new FlowUse(
            at,
            operations.use(now),
            inWindow(Flows::requests, requestLimit, now),
            inWindow(Flows::bytes, byteLimit, now),
            inWindow(Flows::messages, messageLimit, now));
    return use.isNone() ? Optional.empty() : Optional.of(use);
  }

  private long inWindow(Function<Flows, SlidingWindow> flow, long limit, long now) {
    return flows == null || limit == Quota.UNLIMITED ? 0 : flow.apply(flows).sum(now);
  }

  /**
   * Goes on where another tracker of the tenant has ended; nothing was admitted by this one so far.
   * What was regained meanwhile is rounded down, and of a rate that has changed it is what the
   * lower one gives; windows count as used just now, as long as one of them is not over, and begin
   * anew where there was no limit. Clocks that differ between the two change it by as much.
   *
   * @param at the same time as {@code now} in epoch milliseconds
   */
  public void resume(FlowUse use, long at, long now) {
    long elapsedMs = Math.max(0, at - use.at() - 1);
    operations.resume(use.operations(), TimeUnit.MILLISECONDS.toNanos(elapsedMs), now);
    if (elapsedMs < shape.windowMs()) {
      resume(Flows::requests, use.requests(), now);
      resume(Flows::bytes, use.bytes(), now);
      resume(Flows::messages, use.messages(), now);
    }
  }

  private void resume(Function<Flows, SlidingWindow> flow, long used, long now) {
    if (used > 0) {
      flow.apply(flows()).add(used, now);
    }
  }

  /** Admits one request. */
  public @Nullable Denial request(long now) {
    SlidingWindow requests = flows().requests();
    if (!requests.passes(requestLimit, 1, now)) {
      return windowDenial(Quota.REQUESTS_PER_SECOND, requests, 1, now);
    }
    requests.add(1, now);
    return null;
  }

  /** Admits one operation that brings this many bytes (0 or more), all or none. */
  public @Nullable Denial operation(long size, long now) {
    if (!operations.passes(1, now)) {
      return operationDenial();
    }
    Flows present = flows();
    SlidingWindow bytes = present.bytes();
    if (!bytes.passes(byteLimit, size, now)) {
      return windowDenial(Quota.BYTES_PER_SECOND, bytes, size, now);
    }
    operations.take(1);
    present.operations().add(1, now);
    bytes.add(size, now);
    return null;
  }

  /** Gives back operations that were admitted and then refused by a cap: they consume no rate. */
  public void giveBack(long unused, long now) {
    operations.passes(0, now);
    operations.giveBack(unused);
  }

  /** Admits messages of this many bytes together, all or none; bytes are looked at first. */
  public @Nullable Denial messages(int count, long size, long now) {
    SlidingWindow bytes = flows().bytes();
    SlidingWindow messages = flows().messages();
    if (!bytes.passes(byteLimit, size, now)) {
      return windowDenial(Quota.BYTES_PER_SECOND, bytes, size, now);
    }
    if (!messages.passes(messageLimit, count, now)) {
      return windowDenial(Quota.MESSAGES_PER_SECOND, messages, count, now);
    }
    bytes.add(size, now);
    messages.add(count, now);
    return null;
  }

  /** Counts bytes that were read: a debt, which blocks until it has left the window. */
  public void bytesRead(long size, long now) {
    flows().bytes().add(size, now);
  }

  /** Admits one more connection. */
  public @Nullable Denial connect() {
    Denial denial = quotas.check(Quota.CONNECTIONS, connections, 1);
    if (denial == null) {
      connections++;
    }
    return denial;
  }

  /** Counts a connection that was admitted before, whatever the limit is now. */
  public void connectResumed() {
    connections++;
  }

  /** Counts a connection less; there are never fewer than none. */
  public void disconnect() {
    connections = Math.max(0, connections - 1);
  }

  public int connections() {
    return connections;
  }

  /** Puts other quotas in force, from the next request on. What was consumed stays consumed. */
  public void update(Quotas newQuotas, long now) {
    quotas = newQuotas;
    operations.update(newQuotas.limit(Quota.OPS_PER_SECOND), newQuotas.limit(Quota.BURST), now);
    readLimits();
  }

  public Quotas quotas() {
    return quotas;
  }

  /** Where the operations bucket stands. */
  public RateStatus rateStatus(long now) {
    if (operations.isUnlimited()) {
      return RateStatus.UNLIMITED;
    }
    long remaining = operations.tokens(now);
    long capacity = operations.capacity();
    return new RateStatus(
        quotas.limit(Quota.OPS_PER_SECOND), capacity, remaining, operations.retryAfterMs(capacity));
  }

  /** Live figures of the tenant, with the number of its maps and what they hold. */
  public QuotaUsage usage(long now, long maps, Account account) {
    return QuotaUsage.builder(quotas)
        .live(Quota.OPS_PER_SECOND, rate(Flows::operations, now))
        .live(Quota.BYTES_PER_SECOND, rate(Flows::bytes, now))
        .live(Quota.MESSAGES_PER_SECOND, rate(Flows::messages, now))
        .live(Quota.REQUESTS_PER_SECOND, rate(Flows::requests, now))
        .live(Quota.CONNECTIONS, connections)
        .live(Quota.MAPS, maps)
        .live(Quota.ENTRIES, account.entries())
        .live(Quota.STORAGE_BYTES, account.bytes())
        .build();
  }

  /** Needs less memory where nothing flows; may be called at any time. */
  public void rest(long now) {
    if (flows != null) {
      flows.rest(now);
      flows = flows.areAtRest() ? null : flows;
    }
  }

  private long rate(Function<Flows, SlidingWindow> flow, long now) {
    return flows == null ? 0 : flow.apply(flows).rate(now);
  }

  private void readLimits() {
    requestLimit = quotas.limit(Quota.REQUESTS_PER_SECOND);
    byteLimit = quotas.limit(Quota.BYTES_PER_SECOND);
    messageLimit = quotas.limit(Quota.MESSAGES_PER_SECOND);
  }

  private Denial operationDenial() {
    long limit = quotas.limit(Quota.OPS_PER_SECOND);
    Quota refusing = limit > 0 && operations.capacity() == 0 ? Quota.BURST : Quota.OPS_PER_SECOND;
    return Denial.ofRate(
        refusing, operations.used(), quotas.limit(refusing), operations.retryAfterMs(1));
  }

  private Denial windowDenial(Quota quota, SlidingWindow window, long amount, long now) {
    long limit = quotas.limit(quota);
    return Denial.ofRate(quota, window.rate(now), limit, window.retryAfterMs(limit, amount, now));
  }
}
