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
  final MapMeter meter = new MapMeter();
  MapState state = MapState.EMPTY;
  private long clock;
  private boolean clockRead;

  MapCore(
      ActorContext<MapCommand> context,
      MapEnvironment environment,
      MapIdentity identity,
      Account account,
      Consumer<MapReport> tenant) {
    this.context = context;
    this.environment = environment;
    this.identity = identity;
    this.account = account;
    this.tenant = tenant;
    this.pages =
        new StreamPages(identity.persistenceId(), environment.pageStore(), environment.pageCache());
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
