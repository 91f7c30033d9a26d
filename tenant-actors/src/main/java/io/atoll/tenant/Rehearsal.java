package io.atoll.tenant;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.atoll.map.Key;
import io.atoll.map.OperateReply;
import io.atoll.map.Operation;
import io.atoll.plan.Plans;
import io.atoll.quota.QuotaOverrides;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves a tenant of the node's own before the node takes those of others: the first tenants of a
 * process start in code that was never run, over connections that were never used, and here that
 * holds nobody up. The tenant's streams are real ones; its id is none that a caller can name,
 * nobody else hears of it, and it is purged in the end. Used by one thread.
 */
public final class Rehearsal {
  private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration LEAST_PATIENCE = Duration.ofSeconds(2);

  /** From then on a start takes hardly longer than ever after. */
  private static final int ENOUGH_STARTS = 6;

  private static final String MAP = "rehearsal";
  private static final Key KEY = Key.of("key");
  private static final Operation SET =
      new Operation.Set(
          MAP, KEY, "\"value\"".getBytes(UTF_8), Operation.ANY, Operation.FOREVER, null);
  private static final Operation GET = new Operation.Get(MAP, KEY);
  private static final TenantSpec SPEC =
      new TenantSpec(
          MAP, Plans.ENTERPRISE, QuotaOverrides.NONE, Map.of(), "{}", null, Residency.ANYWHERE);

  private final ActorSystem<?> system;
  private final TenantEnvironment environment;
  private final String tenantId;
  private final long endNanos;
  private ActorRef<TenantCommand> tenant;
  private int starts;

  private Rehearsal(
      ActorSystem<?> system, TenantEnvironment environment, String node, long endNanos) {
    this.endNanos = endNanos;
    this.system = system;
    this.environment = environment;
    this.tenantId = "~" + node;
    this.tenant = start();
  }

  /**
   * Starts, uses and stops the tenant a few times, for about so long at most, not at all for zero;
   * blocks meanwhile. When a step is refused, or not answered in time, that is logged and the end:
   * the node is only less prepared than it could be. What is left in the store then is used, and
   * purged, by the next one.
   *
   * @param node the name of this node, which no other node has
   * @return how often the tenant was started
   */
  public static int run(
      ActorSystem<?> system, TenantEnvironment environment, String node, Duration longest) {
    if (longest.isZero()) {
      return 0;
    }
    long end = System.nanoTime() + longest.toNanos();
    Rehearsal rehearsal = new Rehearsal(system, unheard(environment), node, end);
    try {
      rehearsal.run();
      LOG.info("rehearsed {} starts of a tenant", rehearsal.starts);
    } catch (CompletionException late) {
      rehearsal.tenant.tell(new TenantCommand.Depart(system.ignoreRef()));
      LOG.warn(
          "the rehearsal of a tenant ends after {} starts, the first tenants may start slowly: {}",
          rehearsal.starts,
          late.toString());
    }
    return rehearsal.starts;
  }

  /** Nobody hears of the tenant, and what operators say of plans is not for it. */
  private static TenantEnvironment unheard(TenantEnvironment environment) {
    return new TenantEnvironment(
        environment.settings(),
        environment.ledgerSettings(),
        environment.maps(),
        Plans::builtIn,
        new Unlisted(),
        new Unmetered(),
        environment.history(),
        new HotTenants(new HotRoom(Long.MAX_VALUE, System::nanoTime)),
        environment.time(),
        environment.random());
  }

  private void run() {
    create();
    operate(SET);
    while (starts < ENOUGH_STARTS && System.nanoTime() - endNanos < 0) {
      ask(TenantCommand.Depart::new);
      tenant = start();
      ask(TenantCommand.ReadRate::new);
      operate(GET);
      operate(SET);
    }
    ask(replyTo -> new TenantCommand.Remove(false, null, replyTo));
    ask(replyTo -> new TenantCommand.Remove(true, null, replyTo));
    ask(TenantCommand.Depart::new);
  }

  private ActorRef<TenantCommand> start() {
    return system.systemActorOf(
        TenantActor.create(tenantId, environment, system.<ClusterSharding.ShardCommand>ignoreRef()),
        "rehearsal-" + ++starts,
        DispatcherSelector.fromConfig(TenantSharding.DISPATCHER));
  }

  /** A rehearsal that was cut off may have left it. */
  private void create() {
    this.<TenantReply>answer(replyTo -> new TenantCommand.Create(SPEC, null, replyTo));
  }

  private void operate(Operation operation) {
    OperateReply reply =
        answer(replyTo -> new TenantCommand.Operate(Caller.ADMIN, 0, List.of(operation), replyTo));
    if (!(reply instanceof OperateReply.Outcomes)) {
      throw refused(reply);
    }
  }

  private void ask(Function<ActorRef<TenantReply>, TenantCommand> command) {
    TenantReply reply = answer(command);
    if (reply instanceof TenantReply.Refused) {
      throw refused(reply);
    }
  }

  private static CompletionException refused(Object reply) {
    return new CompletionException(new IllegalStateException(reply.toString()));
  }

  private <R> R answer(Function<ActorRef<R>, TenantCommand> command) {
    return AskPattern.<TenantCommand, R>ask(tenant, command::apply, patience(), system.scheduler())
        .toCompletableFuture()
        .join();
  }

  /** What is left of the time, but for the last steps a little in any case. */
  private Duration patience() {
    Duration left = Duration.ofNanos(endNanos - System.nanoTime());
    if (left.compareTo(LEAST_PATIENCE) < 0) {
      return LEAST_PATIENCE;
    }
    return left.compareTo(PATIENCE) < 0 ? left : PATIENCE;
  }
}
