package io.atoll.tenant;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A tenant on its way to another node or tier, or how that went.
 *
 * @param id sorts by the time at which the migration began
 * @param from the node (host:port) that had the tenant, null when none was known
 * @param to where it is to go
 * @param step what was done last, or is being done
 * @param pauseMs how long the tenant's requests were held, -1 before that is known
 * @param error why it failed, null when it has not
 * @param startedAt epoch millis
 * @param completedAt epoch millis, -1 before the end
 */
public record Migration(
    String id,
    String tenantId,
    @Nullable String from,
    MoveTarget to,
    Status status,
    Step step,
    long pauseMs,
    @Nullable String error,
    long startedAt,
    long completedAt) {
  /** How far clocks of two nodes may be apart, in milliseconds. */
  private static final long MOST_SKEW_MS = 60_000;

  /** How far a migration is. */
  public enum Status {
    RUNNING,
    COMPLETED,
    FAILED,
    ABORTED;

    /** The name in the API and in events: {@code running}, {@code completed} and so on. */
    public String apiName() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Status> byName(String name) {
      return Arrays.stream(values()).filter(it -> it.apiName().equals(name)).findFirst();
    }
  }

  /**
   * The steps in their order. Until the cell is stored, a failure leaves the tenant where it was.
   */
  public enum Step {
    HOLD,
    DEPART,
    STORE,
    TELL,
    RELEASE;

    /** The name in the API and in events: {@code hold}, {@code depart} and so on. */
    public String apiName() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Step> byName(String name) {
      return Arrays.stream(values()).filter(it -> it.apiName().equals(name)).findFirst();
    }
  }

  /**
   * Whether it is one of the tenant that was created then (epoch millis), and not of one that had
   * its id before and was purged; one that began within a minute before may be either's.
   */
  public boolean isOfTenantCreatedAt(long createdAt) {
    return startedAt >= createdAt - MOST_SKEW_MS;
  }

  /** The same at this step. */
  public Migration at(Step next) {
    return new Migration(
        id, tenantId, from, to, status, next, pauseMs, error, startedAt, completedAt);
  }

  /** The same after its end. */
  public Migration completed(long pause, long at) {
    return new Migration(
        id, tenantId, from, to, Status.COMPLETED, Step.RELEASE, pause, null, startedAt, at);
  }

  /** The same after somebody has ended it; the tenant stays where it was. */
  public Migration aborted(long at) {
    return new Migration(
        id, tenantId, from, to, Status.ABORTED, step, pauseMs, null, startedAt, at);
  }

  /** The same after it has failed. */
  public Migration failed(String reason, long pause, long at) {
    return new Migration(id, tenantId, from, to, Status.FAILED, step, pause, reason, startedAt, at);
  }
}
