package io.atoll.http.session;

import io.atoll.map.Key;
import io.atoll.map.OperateReply;
import io.atoll.map.Operation;
import io.atoll.map.Outcome;
import io.atoll.plan.Tier;
import io.atoll.quota.Denial;
import io.atoll.quota.RateStatus;
import io.atoll.refusal.ErrorCode;
import io.atoll.refusal.Refusal;
import io.atoll.tenant.TenantCommand;
import io.atoll.tenant.TenantReply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Tenants that keep their maps in memory and answer at once, unless they are told to be silent.
 * Thread-safe.
 */
final class FakeTenants implements TenantLink {
  private final List<Told> told = new ArrayList<>();
  private final List<Denied> denied = new ArrayList<>();
  private final Map<String, Map<Key, Outcome.Found>> maps = new HashMap<>();
  private long versions;
  private int acquired;
  private int credit = Integer.MAX_VALUE;
  private boolean silent;
  private @Nullable Refusal sessionRefusal;
  private @Nullable Refusal edgeRefusal;

  /** A denial of an operation that was sent then. */
  record Denied(Denial denial, long sentAt) {}

  /** A command that a tenant was told. */
  record Told(String tenantId, TenantCommand.Public command) {}

  @Override
  public synchronized void tell(String tenantId, TenantCommand.Public command) {
    told.add(new Told(tenantId, command));
    if (silent) {
      return;
    }
    if (command instanceof TenantCommand.Operate operate) {
      operate.replyTo().tell(answer(tenantId, operate));
    } else if (command instanceof TenantCommand.OpenSession open) {
      open.replyTo()
          .tell(
              sessionRefusal == null
                  ? new TenantReply.SessionOpened(open.sessionId(), Tier.C)
                  : new TenantReply.Refused(sessionRefusal));
    }
  }

  @Override
  public synchronized @Nullable EarlyRefusal acquire(String tenantId, Operation operation) {
    return acquireRequest(tenantId);
  }

  @Override
  public synchronized @Nullable EarlyRefusal acquireRequest(String tenantId) {
    Refusal busy = Refusal.of(ErrorCode.UNAVAILABLE, "too many requests are under way");
    Refusal refusal = edgeRefusal == null && acquired >= credit ? busy : edgeRefusal;
    acquired += refusal == null ? 1 : 0;
    return refusal == null ? null : new EarlyRefusal(refusal, Tier.C);
  }

  @Override
  public synchronized void release(String tenantId, int operations) {
    acquired -= operations;
  }

  @Override
  public synchronized void denied(
      String tenantId, @Nullable Tier tier, Operation operation, Denial denial, long sentAt) {
    denied.add(new Denied(denial, sentAt));
  }

  /** What the session has told to be denied. */
  synchronized List<Denied> denied() {
    return List.copyOf(denied);
  }

  /** Operations that were let through and not released. */
  synchronized int acquired() {
    return acquired;
  }

  void silence(boolean on) {
    silent = on;
  }

  void refuseSessions(@Nullable Refusal refusal) {
    sessionRefusal = refusal;
  }

  /** So many operations may be under way. */
  void credit(int most) {
    credit = most;
  }

  void refuseAtEdge(@Nullable Refusal refusal) {
    edgeRefusal = refusal;
  }

  synchronized List<Told> told() {
    return List.copyOf(told);
  }

  /** The commands of one type that were told. */
  <T extends TenantCommand.Public> List<T> told(Class<T> type) {
    return told().stream().map(Told::command).filter(type::isInstance).map(type::cast).toList();
  }

  private OperateReply answer(String tenantId, TenantCommand.Operate operate) {
    List<Operation> operations = operate.operations();
    return new OperateReply.Outcomes(
        tenantId,
        operate.correlation(),
        IntStream.range(0, operations.size()).toArray(),
        operations.stream().map(operation -> apply(tenantId, operation)).toList(),
        Tier.C,
        new RateStatus(100, 100, 50, 500));
  }

  private Outcome apply(String tenantId, Operation operation) {
    return switch (operation) {
      case Operation.Get get -> found(map(tenantId, get.map()).get(get.key()));
      case Operation.Set set -> {
        Outcome.Found stored = new Outcome.Found(set.value(), ++versions);
        boolean created = map(tenantId, set.map()).put(set.key(), stored) == null;
        yield new Outcome.Written(versions, created);
      }
      case Operation.Delete delete ->
          map(tenantId, delete.map()).remove(delete.key()) == null
              ? missing()
              : new Outcome.Removed();
      case Operation.Scan scan ->
          new Outcome.Scanned(
              map(tenantId, scan.map()).entrySet().stream()
                  .filter(entry -> entry.getKey().startsWith(scan.prefix()))
                  .map(entry ->
                      new Outcome.Item(
                          entry.getKey(), entry.getValue().value(), entry.getValue().version()))
                  .toList(),
              null);
      case Operation.ListMaps list -> new Outcome.MapsListed(List.of());
      case Operation.DropMap drop -> new Outcome.Removed();
    };
  }

  private Map<Key, Outcome.Found> map(String tenantId, String name) {
    return maps.computeIfAbsent(tenantId + "/" + name, ignored -> new TreeMap<>());
  }

  private static Outcome found(Outcome.@Nullable Found found) {
    return found == null ? missing() : found;
  }

  private static Outcome missing() {
    return new Outcome.Refused(Refusal.of(ErrorCode.KEY_NOT_FOUND, "no such key"));
  }
}
