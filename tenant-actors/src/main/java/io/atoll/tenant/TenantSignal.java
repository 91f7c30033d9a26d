package io.atoll.tenant;

import io.atoll.ledger.LedgerCommand;
import io.atoll.ledger.LedgerReport;
import io.atoll.map.MapCommand;
import io.atoll.map.MapReport;
import org.apache.pekko.actor.typed.ActorRef;

/** What a tenant's own parts tell it. */
sealed interface TenantSignal extends TenantCommand {
  /** Something on the tenant's agenda is due. */
  record AlarmRang() implements TenantSignal {}

  /** It is time to see whether anybody has asked for anything. */
  record Idle() implements TenantSignal {}

  /** The tenant was used least recently, and there is not memory for all. */
  record MakeRoom() implements TenantSignal {}

  /** Somebody on this node wants to send straight to the tenant. */
  record Knock(TenantDoor door) implements TenantSignal {}

  /** Whatever came straight to a tenant that leaves has come before this. */
  record LastCall() implements TenantSignal {}

  /** It is time to write down what was used, as once in every minute. */
  record MinuteOver() implements TenantSignal {}

  /** An answer whose time has come. */
  record Answer(ActorRef<TenantReply> replyTo, TenantReply reply) implements TenantSignal {}

  /** It is time to see whether the store answers again. */
  record StoreDue() implements TenantSignal {}

  /** For the service alone. */
  sealed interface OfService extends OfParts {}

  /** The maps hold so much now that the sessions should know. */
  record LevelReached() implements OfService {}

  /** It is time to see what to tell the sessions. */
  record NoticesDue() implements OfService {}

  /** The key of a session may have expired. */
  record KeyExpiryDue() implements OfService {}

  record SessionEnded(ActorRef<SessionNotice> session) implements OfService {}

  /** The maps have had the time to report their usage. */
  record CollectOver() implements OfService {}

  /** About the start of the service. */
  sealed interface OfStart extends TenantSignal {}

  record Started() implements OfStart {}

  /** The service has had the time to start. */
  record StartOver() implements OfStart {}

  /** It is time to try the start again. */
  record StartAgain() implements OfStart {}

  /** From the children, or about them. */
  sealed interface OfParts extends TenantSignal {}

  record FromMap(MapReport report) implements OfParts {}

  record FromLedger(LedgerReport report) implements OfParts {}

  record MapEnded(String map, ActorRef<MapCommand> child) implements OfParts {}

  record LedgerEnded(ActorRef<LedgerCommand> child) implements OfParts {}

  /** The parts have had the time to stop. */
  record DrainOver() implements OfParts {}

  /** About the directory. */
  sealed interface OfListing extends TenantSignal {}

  /** The directory holds this version. */
  record Listed(long version) implements OfListing {}

  /** The directory may not hold the listing. */
  record ListingFailed(String reason) implements OfListing {}

  /** It is time to try the listing again. */
  record ListAgain() implements OfListing {}

  /** About the purge. */
  sealed interface OfPurge extends TenantSignal {}

  /** Nothing but the tenant's own stream is left. */
  record Erased() implements OfPurge {}

  /** Something of the tenant may be left. */
  record EraseFailed(String reason) implements OfPurge {}

  /** It is time to try the erasing again. */
  record EraseAgain() implements OfPurge {}

  /** The purge has to be written down again, so that a snapshot follows it. */
  record ForgetAgain() implements OfPurge {}
}
