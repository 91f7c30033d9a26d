package io.atoll.node;

import io.atoll.tenant.TenantCommand;
import io.atoll.tenant.TenantQuestions;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.typed.Cluster;

/** What a node does again and again for as long as it runs. */
final class Chores {
  private static final Duration SWEEP_BOUND = Duration.ofSeconds(30);

  private final ActorSystem<?> system;
  private final TenantQuestions questions;

  private Chores(ActorSystem<?> system, TenantQuestions questions) {
    this.system = system;
    this.questions = questions;
  }

  static void start(ActorSystem<?> system, Settings settings, TenantSide tenants) {
    Chores chores = new Chores(system, TenantQuestions.by(tenants.tenants(), system));
    Sweeper sweeper = new Sweeper(tenants.environment().directory(), chores::sweep);
    QuotaSampler sampler =
        new QuotaSampler(system, tenants.environment().hotTenants(), tenants.metrics());
    chores.every(settings.node().readyInterval(), tenants.readiness()::check);
    chores.every(settings.node().sweepInterval(), () -> chores.sweepAsLeader(sweeper));
    chores.every(settings.metrics().reviewInterval(), tenants.metrics()::review);
    chores.every(settings.metrics().sampleInterval(), sampler::run);
  }

  /** Runs the chore now and, after each pause, again. It must not block. */
  private void every(Duration pause, Runnable chore) {
    system
        .scheduler()
        .scheduleWithFixedDelay(Duration.ZERO, pause, chore, system.executionContext());
  }

  /** Of several nodes one is enough. */
  private void sweepAsLeader(Sweeper sweeper) {
    Cluster cluster = Cluster.get(system);
    if (cluster.selfMember().address().equals(cluster.state().getLeader())) {
      sweeper.run();
    }
  }

  private CompletionStage<?> sweep(String tenant) {
    return questions.ask(tenant, TenantCommand.Sweep::new, SWEEP_BOUND);
  }
}
