package io.atoll.map;

import io.atoll.plan.Tier;
import io.atoll.quota.RateStatus;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;

/** What a tenant tells one of its maps. All of it was admitted. */
public sealed interface MapCommand permits MapCommand.FromTenant, MapSignal {

  /** A command of the tenant; the map counts these, see {@link MapReport.Idle}. */
  sealed interface FromTenant extends MapCommand {
    /** Tells whoever waits for an answer that there is none now. */
    default void refuse(String tenantId) {}
  }

  /** Operations of one request, at their positions in it; answered straight to the requester. */
  record Apply(
      long correlation,
      int[] positions,
      List<Operation.OnMap> operations,
      Tier tier,
      RateStatus rate,
      ActorRef<OperateReply> replyTo)
      implements FromTenant {
    @Override
    public void refuse(String tenantId) {
      Answers answers = new Answers(tenantId);
      for (int i = 0; i < operations.size(); i++) {
        answers.add(this, i, Answers.UNAVAILABLE);
      }
      answers.send();
    }
  }

  /** Opens a watch; {@code since} is -1 for "from now on". */
  record OpenWatch(long watchId, Key prefix, long since, ActorRef<WatchReply> subscriber)
      implements FromTenant {
    @Override
    public void refuse(String tenantId) {
      subscriber.tell(
          new WatchReply.Ended(watchId, WatchReply.Reason.REFUSED, Answers.CANNOT_ANSWER));
    }
  }

  /**
   * Removes all entries, so that the map's generation becomes this; told back as {@code Cleared}.
   */
  record Clear(long generation) implements FromTenant {}

  /** Asks for what was metered since the last time: {@link MapReport.Metered}. */
  record CollectUsage() implements FromTenant {}

  /**
   * The ledger holds the usage of this stream's events up to here; history before may be trimmed.
   */
  record UsageRecorded(long sequenceNr) implements FromTenant {}

  /** The tenant's retention of history, in milliseconds, -1 for ever. */
  record RetentionChanged(long retentionMs) implements FromTenant {}

  /** Finish what is under way, report the usage, stop. */
  record Stop() implements FromTenant {}
}
