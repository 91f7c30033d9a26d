package io.atoll.tenant;

import io.atoll.quota.ActionLimits;
import io.atoll.refusal.Refusal;
import io.atoll.tenant.TenantState.Present;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.jspecify.annotations.Nullable;

/** What a tenant does when it is asked from outside: it holds back, refuses, serves or decides. */
final class TenantRequests {
  private final TenantCore core;
  private final TenantEffects effects;
  private final Unhandled unhandled;
  private final TenantLife life;
  private final StartGate gate;
  private final Departure departure;
  private final Idleness idleness;
  private final Replies replies;
  private final Serving serving;
  private TenantCommand.@Nullable Public unanswered;

  TenantRequests(
      TenantCore core,
      TenantEffects effects,
      Unhandled unhandled,
      TenantLife life,
      StartGate gate,
      Departure departure,
      Idleness idleness,
      Replies replies) {
    this.core = core;
    this.effects = effects;
    this.unhandled = unhandled;
    this.life = life;
    this.gate = gate;
    this.departure = departure;
    this.idleness = idleness;
    this.replies = replies;
    this.serving = new Serving(core, replies);
  }

  /** Decides what becomes of the command. */
  Effect<TenantEvent, TenantState> asked(TenantState state, TenantCommand.Public command) {
    unhandled.remove(command);
    idleness.commandCame(command);
    if (command instanceof TenantCommand.Arrive arrive) {
      return heard(arrive);
    }
    if (departure.hasFailed() && Departure.isAskedForBy(command)) {
      departure.release(command);
      return effects.goOnLeaving(state);
    }
    if (departure.hasBegun()) {
      return departure.doorway().sendBack(command) ? effects.none() : effects.refuse(command);
    }
    if (core.isStoreLost() && Refusing.isAnswered(command) && !Departure.isAskedForBy(command)) {
      return effects.refuse(command);
    }
    if (!life.isHoldingBack() || !StartGate.holds(command)) {
      return serve(state, command);
    }
    return switch (gate.next()) {
      case STARTING -> {
        unhandled.add(command);
        yield effects.stash();
      }
      case READY -> serve(state, command);
      case UNAVAILABLE ->
          Departure.isAskedForBy(command) ? serve(state, command) : effects.refuse(command);
    };
  }

  private Effect<TenantEvent, TenantState> serve(TenantState state, TenantCommand.Public command) {
    return switch (command) {
      case TenantCommand.Operate operate -> operate(state, operate);
      case TenantCommand.Managed managed -> manage(state, managed);
      case TenantCommand.Stop stop -> stop(state);
      case TenantCommand.Depart depart -> {
        departure.awaitedBy(depart);
        yield stop(state);
      }
      case TenantCommand.Arrive arrive -> heard(arrive);
      case TenantCommand.Unpersisted unpersisted -> {
        serving.serve(state, life.service(), unpersisted);
        yield effects.none();
      }
    };
  }

  /** Even a tenant that stops or waits can say so. */
  private Effect<TenantEvent, TenantState> heard(TenantCommand.Arrive arrive) {
    arrive.replyTo().tell(new TenantReply.Accepted());
    return effects.none();
  }

  private Effect<TenantEvent, TenantState> operate(
      TenantState state, TenantCommand.Operate request) {
    Refusal refusal = Refusals.ofLife(state);
    Service service = life.service();
    if (refusal != null || service == null || !(state instanceof Present present)) {
      Refusing.refuse(core.tenantId(), request, refusal == null ? Refusals.UNAVAILABLE : refusal);
      return effects.none();
    }
    OperatePlan plan = service.admission().operate(present, request);
    service.considerNotices();
    if (plan == null) {
      return effects.none();
    }
    if (core.isStoreDown()) {
      return effects.refuse(request);
    }
    unanswered = request;
    return effects
        .persist(plan.events())
        .thenRun((TenantState after) -> {
          unanswered = null;
          if (after instanceof Present changed) {
            service.admission().carryOut(changed.tenant(), request, plan);
          }
        });
  }

  private Effect<TenantEvent, TenantState> manage(
      TenantState state, TenantCommand.Managed command) {
    Service service = life.service();
    ActionLimits fleeting = service == null ? new ActionLimits() : service.actions();
    Decision decision = TenantRules.decide(state, command, fleeting, core.situation());
    if (decision.events().isEmpty()) {
      replies.answer(state, service, decision.answer(), Duration.ZERO, command.replyTo());
      return effects.none();
    }
    if (core.isStoreDown()) {
      return effects.refuse(command);
    }
    unanswered = command;
    return effects
        .persist(decision.events())
        .thenRun((TenantState after) -> {
          unanswered = null;
          Duration delay = life.changed(after, decision.events());
          replies.answer(after, life.service(), decision.answer(), delay, command.replyTo());
          life.entered(state, after);
        });
  }

  private Effect<TenantEvent, TenantState> stop(TenantState state) {
    departure.begin();
    Service service = life.service();
    List<TenantEvent> last =
        service != null && !life.isDraining() && state instanceof Present present
            ? service.lastEvents(present)
            : List.of();
    life.leave();
    life.drain();
    return effects.note(state, last);
  }

  /** Refuses the one whose events were not written down. */
  void refuseUnanswered() {
    if (unanswered != null) {
      Refusing.refuse(core.tenantId(), unanswered, Refusals.UNAVAILABLE);
    }
  }
}
