package io.atoll.tenant;

import io.atoll.access.KeyMode;
import io.atoll.access.Scope;
import io.atoll.map.Idempotency;
import io.atoll.map.OperateReply;
import io.atoll.map.Operation;
import io.atoll.map.WatchReply;
import io.atoll.usage.Period;
import java.util.List;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant can be asked. Each command is answered once, if at all; reading never wakes data.
 */
public sealed interface TenantCommand permits TenantCommand.Public, TenantSignal {

  /** A command from outside of the tenant. */
  sealed interface Public extends TenantCommand {}

  /** A command that is answered by one {@link TenantReply}. */
  sealed interface Replied extends Public {
    ActorRef<TenantReply> replyTo();
  }

  /** A command that changes nothing that is kept. */
  sealed interface Unpersisted extends Public {}

  /** A command about the tenant itself, which its rules decide. */
  sealed interface Managed extends Replied {}

  /**
   * One request of one caller: its operations are admitted and applied in their order. Answered by
   * one {@code Rejected}, or by {@code Outcomes} until each operation has its own. A promise of the
   * request as a whole, which each write repeats as its own, lets it be rejected as a whole. One
   * that is {@code continued} is a further part of the caller's last request, and no other one.
   */
  record Operate(
      Caller caller,
      long correlation,
      List<Operation> operations,
      @Nullable Idempotency promise,
      boolean continued,
      ActorRef<OperateReply> replyTo)
      implements Public {
    /** A whole request that promises nothing as such. */
    public Operate(
        Caller caller,
        long correlation,
        List<Operation> operations,
        ActorRef<OperateReply> replyTo) {
      this(caller, correlation, operations, null, false, replyTo);
    }
  }

  /**
   * Watches the changes of a map whose keys start with the prefix, after the change {@code since}
   * (exclusive), or from now on when {@code since} is -1. One read operation.
   */
  record Watch(
      Caller caller,
      long watchId,
      String map,
      io.atoll.map.Key prefix,
      long since,
      ActorRef<WatchReply> subscriber)
      implements Unpersisted {}

  /**
   * Opens a session, which lasts until it is closed, its actor ends, or its caller may not go on;
   * while {@code counted} it is one of the tenant's connections. A session that is known already is
   * confirmed; {@code resumed} says that it was admitted before (the tenant moved or recovered), so
   * that it is never refused now.
   */
  record OpenSession(
      Caller caller,
      String sessionId,
      boolean counted,
      boolean resumed,
      ActorRef<SessionNotice> session,
      ActorRef<TenantReply> replyTo)
      implements Replied, Unpersisted {}

  /** Ends a session; one that is not known is passed over. */
  record CloseSession(String sessionId) implements Unpersisted {}

  /** Asks whether an API key's secret is right and the key good: {@code KeyVerified} or refused. */
  record VerifyKey(String keyId, byte[] secret, ActorRef<TenantReply> replyTo)
      implements Replied, Unpersisted {
    @Override
    public String toString() {
      return "VerifyKey[keyId=" + keyId + "]";
    }
  }

  /** Creates the tenant: {@code Described}, or {@code TENANT_EXISTS}. */
  record Create(TenantSpec spec, @Nullable Idempotency idempotency, ActorRef<TenantReply> replyTo)
      implements Managed {}

  /**
   * Keeps a promise whose request goes on to another tenant: {@code Accepted}, also when it is the
   * same again, or {@code CONFLICT}. The tenant does not have to be there.
   */
  record Promise(Idempotency idempotency, ActorRef<TenantReply> replyTo) implements Managed {}

  /** Describes the tenant: {@code Described}. */
  record Describe(ActorRef<TenantReply> replyTo) implements Managed {}

  /** Changes the tenant if it has the version {@code ifVersion} (-1 for any): {@code Described}. */
  record Update(TenantPatch patch, long ifVersion, ActorRef<TenantReply> replyTo)
      implements Managed {}

  /** Deletes softly, or with {@code purge} erases a tenant that was deleted: {@code Accepted}. */
  record Remove(boolean purge, @Nullable Idempotency idempotency, ActorRef<TenantReply> replyTo)
      implements Managed {}

  /** Purges the tenant if it was deleted longer ago than the retention: {@code Accepted}. */
  record Sweep(ActorRef<TenantReply> replyTo) implements Managed {}

  /** Makes an API key: {@code KeyMade}, the only time that its text is shown. */
  record MakeKey(
      String name,
      Set<Scope> scopes,
      KeyMode mode,
      long expiresAt,
      @Nullable Idempotency idempotency,
      ActorRef<TenantReply> replyTo)
      implements Managed {}

  /** Lists the API keys, revoked and expired ones too: {@code KeysListed}. */
  record ListKeys(ActorRef<TenantReply> replyTo) implements Managed {}

  /** Revokes an API key: {@code Accepted}, also when it was revoked before. */
  record RevokeKey(String keyId, ActorRef<TenantReply> replyTo) implements Managed {}

  /**
   * Usage from {@code from} (inclusive) to {@code to} (exclusive), epoch millis: {@code UsageRead}.
   */
  record ReadUsage(Period period, long from, long to, ActorRef<TenantReply> replyTo)
      implements Replied, Unpersisted {}

  /** Live figures: {@code StatsRead}. */
  record ReadStats(ActorRef<TenantReply> replyTo) implements Replied, Unpersisted {}

  /**
   * Live figures for the node's own eyes: {@code StatsRead}. It is no use of the tenant, and one
   * that starts or leaves memory refuses it, so that looking never keeps a tenant there.
   */
  record SampleStats(ActorRef<TenantReply> replyTo) implements Replied, Unpersisted {}

  /** Where the operations rate stands; charges nothing: {@code RateRead}. */
  record ReadRate(ActorRef<TenantReply> replyTo) implements Replied, Unpersisted {}

  /** Where a named action limit stands: {@code ActionRead}. */
  record ReadAction(String action, ActorRef<TenantReply> replyTo) implements Managed {}

  /** Uses a named action {@code count} times, all or none: {@code ActionRead} or refused. */
  record UseAction(
      String action, long count, @Nullable Idempotency idempotency, ActorRef<TenantReply> replyTo)
      implements Managed {}

  /** Forgets the uses of a named action: {@code Accepted}. */
  record ResetAction(String action, ActorRef<TenantReply> replyTo) implements Managed {}

  /**
   * A migration of the tenant has ended, which is kept in its journal: {@code Accepted}, also when
   * that is known or there is no such tenant any more.
   */
  record EndMigration(Migration migration, ActorRef<TenantReply> replyTo) implements Managed {}

  /** The plans have changed; what is in force is computed again. */
  record PlansChanged() implements Unpersisted {}

  /**
   * Answered {@code Accepted} as soon as it is heard: whatever was sent on the same way before has
   * been heard, too. It is no use of the tenant.
   */
  record Arrive(ActorRef<TenantReply> replyTo) implements Replied {}

  /**
   * Drains and stops, so that the tenant can go on elsewhere: {@code Accepted} once nothing of it
   * runs here any more. It wakes a tenant that is not in memory.
   */
  record Depart(ActorRef<TenantReply> replyTo) implements Replied {}

  /** Drains and stops: the node is going down, or the tenant is idle or makes room. */
  record Stop() implements Public {}
}
