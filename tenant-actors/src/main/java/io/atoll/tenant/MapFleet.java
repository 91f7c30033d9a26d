package io.atoll.tenant;

import io.atoll.map.MapActor;
import io.atoll.map.MapCommand;
import io.atoll.map.MapIdentity;
import io.atoll.map.MapReport;
import io.atoll.map.MeteredTo;
import io.atoll.quota.Account;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/**
 * The maps of a tenant that are in memory: started when a command comes for them, stopped when they
 * are idle. A command for a map that is stopping waits for its successor.
 */
final class MapFleet {
  private static final int WOKEN_AT_ONCE = 128;

  private final TenantCore core;
  private final long incarnation;
  private final Account account;
  private final Function<String, MeteredTo> metered;
  private final Consumer<MapReport> reports;
  private final Map<String, Child> children = new HashMap<>(1);
  private long retentionMs;
  private long spawned;

  /** The name up to which maps were woken last. */
  private String wokenTo = "";

  /** All maps stop, and what waits for one of them is its last. */
  private boolean ending;

  /** The child that was found last: what is asked of one map comes in a row. */
  private @Nullable Child last;

  private static final class Child {
    private final String map;
    private final ActorRef<MapCommand> ref;
    private final long generation;

    /** What waits for the successor of a map that is stopping. */
    private @Nullable ArrayDeque<MapCommand.FromTenant> held;

    private long sent;
    private boolean used = true;
    private boolean stopping;

    /** The slot of the map in the tenant's maps as they were when it was looked up. */
    private @Nullable MapSlot slot;

    private @Nullable TreePMap<String, MapSlot> seen;

    private Child(String map, ActorRef<MapCommand> ref, long generation) {
      this.map = map;
      this.ref = ref;
      this.generation = generation;
    }
  }

  /** {@code metered} says of each map up to where its stream is metered. */
  MapFleet(
      TenantCore core,
      long incarnation,
      Account account,
      Function<String, MeteredTo> metered,
      long retentionMs) {
    this.core = core;
    this.incarnation = incarnation;
    this.account = account;
    this.metered = metered;
    this.retentionMs = retentionMs;
    ActorRef<TenantCommand> self = core.self();
    this.reports = report -> self.tell(new TenantSignal.FromMap(report));
  }

  /** What these maps of the tenant say of the map, null if nothing. */
  @SuppressWarnings("ReferenceEquality") // the same maps; others are looked up again
  @Nullable MapSlot slot(TreePMap<String, MapSlot> maps, String map) {
    Child child = child(map);
    if (child == null) {
      return maps.get(map);
    }
    if (child.seen != maps) {
      child.seen = maps;
      child.slot = maps.get(map);
    }
    return child.slot;
  }

  private @Nullable Child child(String map) {
    Child recent = last;
    if (recent != null && recent.map.equals(map)) {
      return recent;
    }
    Child found = children.get(map);
    if (found != null) {
      last = found;
    }
    return found;
  }

  /** Hands a command to the map, which is started if it is not in memory. */
  void tell(String map, long generation, MapCommand.FromTenant command) {
    Child child = child(map);
    if (child == null) {
      child = spawn(map, generation);
    }
    child.used = true;
    if (child.stopping) {
      if (child.held == null) {
        child.held = new ArrayDeque<>();
      }
      child.held.addLast(command);
    } else {
      send(child, command);
    }
  }

  /** Starts some of the live maps that are not in memory, others the next time. */
  void wake(TreePMap<String, MapSlot> maps) {
    int woken = 0;
    for (Map.Entry<String, MapSlot> map : maps.tailMap(wokenTo, false).entrySet()) {
      if (woken == WOKEN_AT_ONCE) {
        return;
      }
      if (map.getValue().live() && !children.containsKey(map.getKey())) {
        woken++;
        tell(map.getKey(), map.getValue().generation(), new MapCommand.CollectUsage());
      }
      wokenTo = map.getKey();
    }
    wokenTo = "";
  }

  /** Tells every map that is in memory. */
  void tellAll(MapCommand.FromTenant command) {
    children.values().stream()
        .filter(child -> !child.stopping)
        .forEach(child -> send(child, command));
  }

  /** Tells a map if it is in memory, without keeping it there. */
  void tellIfHot(String map, MapCommand.FromTenant command) {
    Child child = children.get(map);
    if (child != null && !child.stopping) {
      send(child, command);
    }
  }

  /**
   * Asks the maps that were used since the last time, or all, for what they metered. Returns
   * whether there were any.
   */
  boolean collect(boolean all) {
    boolean asked = false;
    for (Child child : children.values()) {
      if (!child.stopping && (all || child.used)) {
        child.used = false;
        send(child, new MapCommand.CollectUsage());
        asked = true;
      }
    }
    return asked;
  }

  /** The maps that are in memory. */
  Set<String> names() {
    return Set.copyOf(children.keySet());
  }

  boolean isEmpty() {
    return children.isEmpty();
  }

  /** Puts another retention of history in force. */
  void retention(long newRetentionMs) {
    if (newRetentionMs != retentionMs) {
      retentionMs = newRetentionMs;
      tellAll(new MapCommand.RetentionChanged(newRetentionMs));
    }
  }

  /** Stops the map if nothing was sent to it after what it has received. */
  void idle(MapReport.Idle idle) {
    Child child = children.get(idle.map());
    if (child != null && idle.received() == child.sent) {
      stop(child);
    }
  }

  /** Stops all maps; what they have received is finished first. */
  void stopAll() {
    ending = true;
    children.values().forEach(this::stop);
  }

  /** Says of all that waits for the successor of a map that it cannot be answered. */
  void refuseHeld() {
    for (Child child : children.values()) {
      if (child.held != null) {
        child.held.forEach(command -> command.refuse(core.tenantId()));
        child.held = null;
      }
    }
  }

  /** Takes note of a map that has ended. Returns false if it was not told to. */
  boolean ended(String map, ActorRef<MapCommand> ref) {
    Child child = children.get(map);
    if (child == null || !child.ref.equals(ref)) {
      return true;
    }
    children.remove(map);
    last = null;
    if (child.held != null) {
      Child successor = spawn(map, child.generation);
      child.held.forEach(command -> send(successor, command));
      if (ending) {
        stop(successor);
      }
    }
    return child.stopping;
  }

  /** The actor of a map that is in memory. */
  @Nullable ActorRef<MapCommand> find(String map) {
    Child child = children.get(map);
    return child == null ? null : child.ref;
  }

  private void stop(Child child) {
    if (!child.stopping) {
      send(child, new MapCommand.Stop());
      child.stopping = true;
    }
  }

  private static void send(Child child, MapCommand.FromTenant command) {
    child.sent++;
    child.ref.tell(command);
  }

  private Child spawn(String map, long generation) {
    MapIdentity identity = new MapIdentity(core.tenantId(), incarnation, map, generation);
    ActorRef<MapCommand> ref =
        core.context()
            .spawn(
                MapActor.create(
                    core.environment().maps(),
                    identity,
                    account,
                    metered.apply(map),
                    reports,
                    retentionMs),
                "map-" + ++spawned,
                DispatcherSelector.sameAsParent());
    core.context().watchWith(ref, new TenantSignal.MapEnded(map, ref));
    Child child = new Child(map, ref, generation);
    children.put(map, child);
    return child;
  }
}
