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
  private ActorRef<TenantCommand> tenant;
  private int starts;

  private Rehearsal(ActorSystem<?> system, TenantEnvironment environment, String node) {
    this.system = system;
    this.environment = environment;
    this.tenantId = "~" + node;
    this.tenant = start();
  }

  /**
   * Starts, uses and stops the tenant a few times, for about so long at most, not at all for zero;
   * blocks meanwhile. When a step is not answered in 5 seconds, that is logged and the end: the
   * node is only less prepared than it could be. What is left then is used, and purged, by the next
   * one.
   *
   * @param node the name of this node, which no other node has
   * @return how often the tenant was started
   */
  public static int run(
      ActorSystem<?> system, TenantEnvironment environment, String node, Duration longest) {
    if (longest.isZero()) {
      return 0;
    }
    long began = System.nanoTime();
    Rehearsal rehearsal = new Rehearsal(system, unheard(environment), node);
    try {
      rehearsal.run(began + longest.toNanos());
      LOG.info("rehearsed {} starts of a tenant", rehearsal.starts);
    } catch (CompletionException late) {
      LOG.warn(
          "the rehearsal of a tenant ends after {} starts, the first tenants may start slowly: {}",
          rehearsal.starts,
          late.toString());
    }
    return rehearsal.starts;
  }

  /** Nobody hears of the tenant, and the plans of operators are not there yet. */
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

  private void run(long endNanos) {
    ask(replyTo -> new TenantCommand.Create(SPEC, null, replyTo));
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

  private void operate(Operation operation) {
    this.<OperateReply>answer(
        replyTo -> new TenantCommand.Operate(Caller.ADMIN, 0, List.of(operation), replyTo));
  }

  private void ask(Function<ActorRef<TenantReply>, TenantCommand> command) {
    this.<TenantReply>answer(command);
  }

  private <R> void answer(Function<ActorRef<R>, TenantCommand> command) {
    AskPattern.<TenantCommand, R>ask(tenant, command::apply, PATIENCE, system.scheduler())
        .toCompletableFuture()
        .join();
  }
}
