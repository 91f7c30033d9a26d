package io.atoll.placement;

import io.atoll.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.cluster.sharding.ShardCoordinator.AbstractShardAllocationStrategy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.collection.immutable.IndexedSeq;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;

/**
 * Places cells on nodes, on behalf of the coordinator of the shards. Before cells move, every node
 * holds back what comes for them and says that what it had sent has arrived; once a cell has its
 * new home, all let go on what waits. Cells move a few at a time.
 */
final class CellAllocation extends AbstractShardAllocationStrategy {
  private static final Logger LOG = LoggerFactory.getLogger(CellAllocation.class);

  /** So many tenants start on nodes that are busy, and nobody waits long for one of them. */
  private static final int TENANTS_AT_A_TIME = 6;

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration SETTLING = Duration.ofSeconds(5);

  /** A tenant that hears no fence must not have its cell held again and again. */
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

  private static final Duration TELL_AGAIN = Duration.ofMillis(500);
  private static final Duration READ_RATES = CellUse.PERIOD;
  private static final Duration READ_RATES_AGAIN = Duration.ofSeconds(1);

  private final Agents agents;
  private final LeavingNodes leaving;
  private final CellMap placed;
  private final CellRates rates = new CellRates();
  private final RecentMoves recentMoves = new RecentMoves();
  private final CellPace pace = new CellPace();
  private final TimeSource time;

  /** The moves under way, by cell, with the monotonic time at which the cell was held. */
  private final Map<String, Moving> moving = new HashMap<>();

  private @Nullable CompletableFuture<Set<String>> round;

  /** When the cells that moved last were held; null when it is known how long they were away. */
  private @Nullable Long heldAt;

  private Map<String, List<String>> told = Map.of();
  private long toldAt;
  private long notBefore;
  private long ratesDueAt;

  private record Moving(CellMove move, long since, boolean released) {
    Moving toBeReleased() {
      return new Moving(move, since, true);
    }
  }

  /** {@code placed} has what a coordinator has told last. */
  CellAllocation(Agents agents, LeavingNodes leaving, CellMap placed, TimeSource time) {
    this.agents = agents;
    this.leaving = leaving;
    this.placed = placed;
    this.time = time;
    this.notBefore = time.nanoTime();
    this.ratesDueAt = time.nanoTime();
  }

  @Override
  public synchronized Future<ActorRef> allocateShard(
      ActorRef requester, String cell, Map<ActorRef, IndexedSeq<String>> regions) {
    Map<String, List<String>> nodes = nodes(regions);
    Moving moved = moving.computeIfPresent(cell, (name, known) -> known.toBeReleased());
    String home =
        moved != null && nodes.containsKey(moved.move().to()) && agents.isUp(moved.move().to())
            ? moved.move().to()
            : board(nodes, without(nodes)).home(cell);
    if (moved != null) {
      note(moved, home);
      agents.tellAll(new PlacementCommand.Release(List.of(cell), List.of(), null));
    }
    return Future.successful(region(home, regions));
  }

  /** A cell whose new home has gone meanwhile may be where it was, and has not moved. */
  private void note(Moving moved, String home) {
    String cell = moved.move().cell();
    String from = moved.move().from();
    long millis = Duration.ofNanos(time.nanoTime() - moved.since()).toMillis();
    if (from.equals(home)) {
      LOG.info("cell {} stays at {}, held for {} ms", cell, from, millis);
    } else {
      LOG.info("cell {} goes from {} to {}, held for {} ms", cell, from, home, millis);
      recentMoves.add(new MovedCell(cell, from, home, millis, time.epochMillis()));
    }
  }

  @Override
  public synchronized Future<Set<String>> rebalance(
      Map<ActorRef, IndexedSeq<String>> regions, Set<String> inProgress) {
    Map<String, List<String>> nodes = nodes(regions);
    dropEnded(nodes);
    readRates();
    tell(withThoseOnTheirWay(nodes));
    boolean quiet = isQuiet(nodes);
    if (!quiet) {
      // How long nodes come and go does not say how fast cells may move.
      heldAt = null;
    }
    if (!inProgress.isEmpty()
        || !moving.isEmpty()
        || time.nanoTime() - notBefore < 0
        || (round != null && !round.isDone())
        || regions.size() > nodes.size()
        || !quiet) {
      return Future.successful(Set.of());
    }
    if (heldAt == null && due(nodes, 1).isEmpty()) {
      return Future.successful(Set.of());
    }
    CompletableFuture<Set<String>> begun =
        settle().thenCompose(tenants -> holdIfQuiet(nodes, tenants)).toCompletableFuture();
    round = begun;
    return FutureConverters.asScala(begun);
  }

  /**
   * The coordinator may know a node for a moment longer than the cluster does, and twice when it
   * has come back meanwhile. It would wait in vain for a node that is gone to give a cell up, and
   * nobody would have the cell meanwhile.
   */
  private boolean isQuiet(Map<String, List<String>> nodes) {
    return agents.isQuiet() && agents.nodes().containsAll(nodes.keySet());
  }

  /** Tells the nodes where the cells are when that has changed, and from time to time. */
  private void tell(Map<String, List<String>> nodes) {
    long now = time.nanoTime();
    if (!nodes.equals(told) || now - toldAt > TELL_AGAIN.toNanos()) {
      told = nodes;
      toldAt = now;
      agents.tellAll(new PlacementCommand.Placed(nodes, rates.now(), recentMoves.now()));
    }
  }

  /**
   * Asks the nodes from time to time what their cells are asked for. While one does not say so,
   * what was known before counts.
   */
  private void readRates() {
    placed.rates().ifPresent(rates::resume);
    recentMoves.resume(placed.moves());
    long now = time.nanoTime();
    if (now - ratesDueAt >= 0) {
      ratesDueAt = now + READ_RATES.toNanos();
      agents
          .askAll(PlacementCommand.Describe::new, PATIENCE)
          .whenComplete((replies, late) -> {
            if (late == null) {
              read(replies);
            } else {
              readRatesAgain();
            }
          });
    }
  }

  private synchronized void readRatesAgain() {
    ratesDueAt = time.nanoTime() + READ_RATES_AGAIN.toNanos();
  }

  /** A node of a version before this does not know what its cells are asked for. */
  private void read(List<PlacementReply> replies) {
    List<Map<String, Integer>> all = new ArrayList<>();
    for (PlacementReply reply : replies) {
      if (reply instanceof PlacementReply.Described said && said.operationsByCell() != null) {
        all.add(said.operationsByCell());
      }
    }
    if (all.size() == replies.size()) {
      rates.read(all);
    } else {
      rates.areNotKnown();
    }
  }

  /**
   * A cell that has its new home moves no more. A move that comes to no end is none either; the
   * nodes have let go on what waited for it.
   */
  private void dropEnded(Map<String, List<String>> nodes) {
    long now = time.nanoTime();
    Set<String> placed =
        nodes.values().stream().flatMap(List::stream).collect(Collectors.toUnmodifiableSet());
    List<Moving> ended =
        moving.values().stream()
            .filter(moved ->
                (moved.released() && placed.contains(moved.move().cell()))
                    || now - moved.since() > Holds.LONGEST.toNanos())
            .toList();
    ended.forEach(moved -> moving.remove(moved.move().cell()));
  }

  /** A cell that is on its way counts for the node that it leaves: that must not end before. */
  private Map<String, List<String>> withThoseOnTheirWay(Map<String, List<String>> nodes) {
    Map<String, List<String>> all = new TreeMap<>();
    nodes.forEach((node, cells) -> all.put(node, new ArrayList<>(cells)));
    for (Moving moved : moving.values()) {
      List<String> before = all.get(moved.move().from());
      if (before != null && !before.contains(moved.move().cell())) {
        before.add(moved.move().cell());
      }
    }
    return all;
  }

  private List<CellMove> due(Map<String, List<String>> nodes, int most) {
    return board(nodes, leaving.now()).round(most);
  }

  private CellBoard board(Map<String, List<String>> nodes, Set<String> without) {
    int cells = nodes.values().stream().mapToInt(List::size).sum();
    return new CellBoard(nodes, without, agents.tiers(), CellWeights.of(rates.now(), cells));
  }

  /**
   * Those that leave, or of which it is not known whether they are still there; while no other is
   * there, one that leaves is better than one that may be gone.
   */
  private Set<String> without(Map<String, List<String>> nodes) {
    Set<String> away = new HashSet<>(nodes.keySet());
    away.removeIf(agents::isUp);
    Set<String> without = new HashSet<>(leaving.now());
    without.addAll(away);
    return without.containsAll(nodes.keySet()) ? away : without;
  }

  /**
   * Waits, but not for ever, until the tenants that moved last have started: many that start at
   * once start slowly. Tells how many tenants the nodes have in memory; none when one of them does
   * not say so in time, for a hand-over has to come to its end.
   */
  private CompletionStage<Integer> settle() {
    return agents
        .askAll(PlacementCommand.Settle::new, SETTLING)
        .handle((settled, late) -> settled(settled == null ? List.of() : settled));
  }

  private synchronized int settled(List<PlacementReply> replies) {
    if (heldAt != null) {
      long millis = Duration.ofNanos(time.nanoTime() - heldAt).toMillis();
      LOG.info("what moved last serves again after {} ms", millis);
      pace.moved(millis);
      heldAt = null;
    }
    return hotTenants(replies);
  }

  private static int hotTenants(List<PlacementReply> settled) {
    int sum = 0;
    for (PlacementReply reply : settled) {
      sum += reply instanceof PlacementReply.Settled one ? one.hotTenants() : 0;
    }
    return sum;
  }

  private synchronized int cellsAtATime(Map<String, List<String>> nodes, int tenants) {
    int cells = nodes.values().stream().mapToInt(List::size).sum();
    return Math.clamp((long) TENANTS_AT_A_TIME * cells / Math.max(1, tenants), 1, pace.most());
  }

  /** A node that has come while the others settled would not hold back what it sends. */
  private CompletionStage<Set<String>> holdIfQuiet(Map<String, List<String>> nodes, int tenants) {
    List<CellMove> moves = due(nodes, goesToAColdNode(nodes) ? 1 : cellsAtATime(nodes, tenants));
    return isQuiet(nodes) && !moves.isEmpty()
        ? hold(moves)
        : CompletableFuture.completedFuture(Set.of());
  }

  /** The first tenants of a process start slowly, and the more so the more of them start. */
  private boolean goesToAColdNode(Map<String, List<String>> nodes) {
    CellBoard now = board(nodes, leaving.now());
    return due(nodes, 1).stream().anyMatch(move -> now.isCold(move.to()));
  }

  private CompletionStage<Set<String>> hold(List<CellMove> moves) {
    List<String> cells = moves.stream().map(CellMove::cell).toList();
    long since = time.nanoTime();
    return agents
        .askAll(replyTo -> new PlacementCommand.Hold(cells, List.of(), null, replyTo), PATIENCE)
        .handle((held, late) -> late == null ? begin(moves, since) : giveUp(cells, late));
  }

  private synchronized Set<String> begin(List<CellMove> moves, long since) {
    heldAt = since;
    moves.forEach(move -> moving.put(move.cell(), new Moving(move, since, false)));
    return moves.stream().map(CellMove::cell).collect(Collectors.toSet());
  }

  private Set<String> giveUp(List<String> cells, Throwable late) {
    LOG.warn("cells {} do not move yet: {}", cells, late.toString());
    synchronized (this) {
      notBefore = time.nanoTime() + PAUSE_AFTER_FAILURE.toNanos();
      pace.moved(PATIENCE.toMillis());
    }
    agents.tellAll(new PlacementCommand.Release(cells, List.of(), null));
    return Set.of();
  }

  private Map<String, List<String>> nodes(Map<ActorRef, IndexedSeq<String>> regions) {
    Map<String, List<String>> nodes = new TreeMap<>();
    regions.forEach((region, cells) ->
        nodes.put(
            agents.name(region.path().address()), List.copyOf(CollectionConverters.asJava(cells))));
    return nodes;
  }

  private ActorRef region(String node, Map<ActorRef, IndexedSeq<String>> regions) {
    return regions.keySet().stream()
        .filter(region -> agents.name(region.path().address()).equals(node))
        .findFirst()
        .orElseThrow();
  }
}
