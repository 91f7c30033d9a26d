package io.atoll.tenant;

import io.atoll.quota.RateStatus;
import io.atoll.refusal.Refusal;
import io.atoll.tenant.TenantCommand.CloseSession;
import io.atoll.tenant.TenantCommand.OpenSession;
import io.atoll.tenant.TenantCommand.PlansChanged;
import io.atoll.tenant.TenantCommand.ReadRate;
import io.atoll.tenant.TenantCommand.ReadStats;
import io.atoll.tenant.TenantCommand.ReadUsage;
import io.atoll.tenant.TenantCommand.SampleStats;
import io.atoll.tenant.TenantCommand.VerifyKey;
import io.atoll.tenant.TenantCommand.Watch;
import io.atoll.tenant.TenantState.Present;
import org.jspecify.annotations.Nullable;

/** Serves the commands that never persist anything. */
final class Serving {
  private final TenantCore core;
  private final Replies replies;

  Serving(TenantCore core, Replies replies) {
    this.core = core;
    this.replies = replies;
  }

  void serve(TenantState state, @Nullable Service service, TenantCommand.Unpersisted command) {
    switch (command) {
      case VerifyKey verify -> verify(state, verify);
      case Watch watch -> watch(state, service, watch);
      case OpenSession open -> open(state, service, open);
      case CloseSession close -> close(service, close);
      case ReadUsage read -> readUsage(state, service, read);
      case ReadStats read -> readStats(state, service, read);
      case SampleStats sample -> sampleStats(state, service, sample);
      case ReadRate read -> readRate(state, service, read);
      case PlansChanged changed -> plansChanged(state, service);
    }
  }

  private void verify(TenantState state, VerifyKey command) {
    command.replyTo().tell(KeyRules.verify(state, command.keyId(), command.secret(), core.now()));
  }

  private void watch(TenantState state, @Nullable Service service, Watch command) {
    Refusal refusal = Refusals.ofLife(state);
    if (refusal == null && service != null && state instanceof Present present) {
      service.admission().watch(present, command);
    } else {
      refuse(command, refusal);
    }
  }

  private void open(TenantState state, @Nullable Service service, OpenSession command) {
    Refusal refusal = Refusals.ofLife(state);
    if (refusal == null && service != null && state instanceof Present present) {
      open(present, service, command);
    } else {
      refuse(command, refusal);
    }
  }

  private void open(Present state, Service service, OpenSession command) {
    KeyRing keys = state.tenant().keys();
    Refusal refusal = KeyRules.check(keys, command.caller(), core.now());
    if (refusal == null) {
      refusal = service.sessions().open(command, keys);
    }
    if (refusal == null) {
      service.uses().note(command.caller().keyId(), core.now());
    }
    command
        .replyTo()
        .tell(
            refusal == null
                ? new TenantReply.SessionOpened(command.sessionId(), service.tier())
                : new TenantReply.Refused(refusal));
    service.considerNotices();
  }

  private void close(@Nullable Service service, CloseSession command) {
    if (service != null) {
      service.sessions().close(command.sessionId());
      service.considerNotices();
    }
  }

  private void readUsage(TenantState state, @Nullable Service service, ReadUsage command) {
    Refusal refusal = Refusing.ofManagement(state);
    if (refusal == null && service != null) {
      service.fresh(() -> {
        service.ledger().foldOwn();
        service.ledger().read(command);
      });
    } else {
      refuse(command, refusal);
    }
  }

  private void readStats(TenantState state, @Nullable Service service, ReadStats command) {
    Refusal refusal = Refusing.ofManagement(state);
    if (refusal == null && service != null && state instanceof Present present) {
      command.replyTo().tell(replies.stats(present, service));
    } else {
      refuse(command, refusal);
    }
  }

  private void sampleStats(TenantState state, @Nullable Service service, SampleStats command) {
    if (service != null && service.isReady() && state instanceof Present present) {
      command.replyTo().tell(replies.stats(present, service));
    } else {
      refuse(command, Refusals.UNAVAILABLE);
    }
  }

  private void readRate(TenantState state, @Nullable Service service, ReadRate command) {
    Refusal refusal = Refusing.ofManagement(state);
    if (refusal == null && service != null) {
      RateStatus rate = service.tracker().rateStatus(core.nanos());
      command.replyTo().tell(new TenantReply.RateRead(rate));
    } else {
      refuse(command, refusal);
    }
  }

  private void plansChanged(TenantState state, @Nullable Service service) {
    if (service != null && state instanceof Present present) {
      service.requota(present);
    }
  }

  private void refuse(TenantCommand.Public command, @Nullable Refusal refusal) {
    Refusing.refuse(core.tenantId(), command, refusal == null ? Refusals.UNAVAILABLE : refusal);
  }
}
