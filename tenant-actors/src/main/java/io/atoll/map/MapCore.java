package io.atoll.map;

import io.atoll.quota.Account;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * What the parts of one map actor share: its committed state, its meter and its surroundings. Used
 * by that actor only.
 */
final class MapCore {
  final ActorContext<MapCommand> context;
  final MapEnvironment environment;
  final MapIdentity identity;
  final Account account;
  final Consumer<MapReport> tenant;
  final StreamPages pages;
  final MeteredTo metered;
  final MapMeter meter = new MapMeter();
  MapState state = MapState.EMPTY;
  private long clock;
  private boolean clockRead;

  MapCore(
      ActorContext<MapCommand> context,
      MapEnvironment environment,
      MapIdentity identity,
      Account account,
      MeteredTo metered,
      Consumer<MapReport> tenant) {
    this.context = context;
    this.environment = environment;
    this.identity = identity;
    this.account = account;
    this.metered = metered;
    this.tenant = tenant;
    this.pages =
        new StreamPages(identity.persistenceId(), environment.pageStore(), environment.pageCache());
  }

  /**
   * Starts with what was recovered. Reading a stream may itself finish an append whose outcome was
   * in doubt, after all that was there had been metered: that is metered and held now. False, and
   * nothing is changed, when a snapshot hides some of it: then the stream has to be metered again.
   */
  boolean recovered(MapSignal.Recovered stream) {
    MapState read = stream.state();
    long behind = Math.max(0, read.ordinal() - metered.sequenceNr());
    if (stream.unmetered().size() < behind) {
      return false;
    }
    state = read;
    if (behind > 0) {
      stream.unmetered().forEach(meter::event);
      account.restore(state.entries() - metered.entries(), state.bytes() - metered.bytes());
    }
    return true;
  }

  MapSettings settings() {
    return environment.settings();
  }

  /** The actor takes up a message. */
  void newTurn() {
    clockRead = false;
  }

  /**
   * Now, epoch milliseconds, the same for all of one message: the clock takes about 25 ns to read.
   * Never before the last event, so that what expired stays expired.
   */
  long now() {
    if (!clockRead) {
      clock = environment.time().epochMillis();
      clockRead = true;
    }
    return Math.max(clock, state.at());
  }

  /** Notes bytes that go out to a reader: metered, and owed to the tenant's byte rate. */
  void read(long bytesOut) {
    if (bytesOut > 0) {
      meter.bytesOut(now(), bytesOut);
      account.addReadBytes(bytesOut);
    }
  }
}
