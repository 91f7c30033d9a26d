package io.atoll.tenant;

import io.atoll.tenant.TenantState.Present;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;

/**
 * Brings the tenant's newest description into the directory and holds back answers until it is
 * there. One listing is under way at a time. What the directory holds is remembered here, and
 * written down only along with something else: until then a tenant that starts offers it again.
 */
final class DirectoryOutbox {
  private final TenantCore core;

  /** Empty, and not to be changed, while nobody waits. */
  private List<Waiting> waiting = List.of();

  private Directory.@Nullable Listing next;
  private long held;
  private boolean underWay;

  /** Somebody who is told whether the directory holds this version. */
  private record Waiting(long version, Consumer<Boolean> told) {}

  DirectoryOutbox(TenantCore core) {
    this.core = core;
  }

  /** Lists the tenant as it is now, and then tells whether that could be done. */
  void offer(TenantView view, Present state, Consumer<Boolean> told) {
    Directory.Listing listing = TenantViews.listing(view, state.incarnation());
    next = listing;
    if (waiting.isEmpty()) {
      waiting = new ArrayList<>(1);
    }
    waiting.add(new Waiting(listing.version(), told));
    send();
  }

  /** Whether the directory holds the tenant as it is now for certain. */
  boolean holds(Present state) {
    Tenant tenant = state.tenant();
    return !tenant.isUnlisted()
        || held >= TenantViews.listingVersion(state.incarnation(), tenant.version());
  }

  boolean isIdle() {
    return !underWay && next == null;
  }

  /** The directory holds this version. */
  void listed(long version) {
    underWay = false;
    held = Math.max(held, version);
    tell(version, true);
    send();
  }

  /** What was under way may not be there: those who wait are told, and it is tried again. */
  void failed(String reason) {
    underWay = false;
    core.context()
        .getLog()
        .warn("tenant {} waits to be listed in the directory: {}", core.tenantId(), reason);
    tell(Long.MAX_VALUE, false);
    core.later(new TenantSignal.ListAgain(), core.settings().retryAfterFailure());
  }

  /** Sends what waits, unless something is under way. */
  void send() {
    Directory.Listing sent = next;
    if (underWay || sent == null || core.isLater(TenantSignal.ListAgain.class)) {
      return;
    }
    underWay = true;
    core.context()
        .pipeToSelf(
            core.environment().directory().upsert(sent).thenApply(done -> Done.getInstance()),
            (done, failure) ->
                failure == null
                    ? new TenantSignal.Listed(sent.version())
                    : new TenantSignal.ListingFailed(failure.toString()));
  }

  private void tell(long version, boolean success) {
    if (success && next != null && next.version() <= version) {
      next = null;
    }
    List<Waiting> told = waiting.stream().filter(one -> one.version() <= version).toList();
    waiting.removeAll(told);
    if (waiting.isEmpty()) {
      waiting = List.of();
    }
    told.forEach(one -> one.told().accept(success));
  }
}
