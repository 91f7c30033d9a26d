package io.atoll.placement;

import io.atoll.http.Cluster;
import io.atoll.plan.Tier;
import io.atoll.refusal.ErrorCode;
import io.atoll.tenant.Migration;
import io.atoll.tenant.MoveTarget;
import io.atoll.tenant.Placements;
import io.atoll.tenant.TenantCommand;
import io.atoll.tenant.TenantEnvironment;
import io.atoll.tenant.TenantQuestions;
import io.atoll.tenant.TenantReply;
import io.atoll.tenant.TenantView;
import io.atoll.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The cluster that this node is one of several in. Thread-safe. */
final class ClusterOfNodes implements Cluster {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int UNKNOWN = -1;

  private final Agents agents;
  private final Placements placements;
  private final CellMap cells;
  private final LostMigrations migrations;
  private final LeavingNodes leaving;
  private final TenantMover mover;
  private final TenantQuestions questions;
  private final TimeSource time;
  private final TierMoves tierMoves;
  private final PlanMoves planMoves;

  ClusterOfNodes(
      Agents agents,
      Placements placements,
      CellMap cells,
      LostMigrations migrations,
      LeavingNodes leaving,
      TenantMover mover,
      TenantQuestions questions,
      TenantEnvironment environment) {
    this.agents = agents;
    this.placements = placements;
    this.cells = cells;
    this.migrations = migrations;
    this.leaving = leaving;
    this.mover = mover;
    this.questions = questions;
    this.time = environment.time();
    this.tierMoves = new TierMoves(new TierWay(), placements::cellOf);
    this.planMoves =
        new PlanMoves(
            environment.directory()::list, environment.plans(), tierMoves::followOnceAsked);
  }

  @Override
  public Home home(TenantView tenant) {
    String cell = placements.cellOf(tenant.id());
    return new Home(cell, cells.nodeOf(cell));
  }

  @Override
  public CompletionStage<State> state() {
    Map<String, Agents.Seen> members = agents.members();
    List<CompletableFuture<Optional<PlacementReply.Described>>> answers = new ArrayList<>();
    members.keySet().forEach(node -> answers.add(describe(node)));
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .thenApply(all -> {
          Map<String, PlacementReply.Described> described = new HashMap<>();
          for (CompletableFuture<Optional<PlacementReply.Described>> answer : answers) {
            answer.join().ifPresent(one -> described.put(one.node(), one));
          }
          return state(members, described);
        });
  }

  /** What the node says of itself; empty when it says nothing in time. */
  private CompletableFuture<Optional<PlacementReply.Described>> describe(String node) {
    return agents
        .ask(node, PlacementCommand.Describe::new, PATIENCE)
        .handle((reply, silent) ->
            reply instanceof PlacementReply.Described said
                ? Optional.of(said)
                : Optional.<PlacementReply.Described>empty())
        .toCompletableFuture();
  }

  private State state(
      Map<String, Agents.Seen> members, Map<String, PlacementReply.Described> described) {
    List<Node> nodes = new ArrayList<>();
    members.forEach((name, seen) -> nodes.add(node(name, seen, described.get(name))));
    List<Cell> all = new ArrayList<>();
    cells
        .all()
        .forEach((cell, node) -> {
          PlacementReply.Described there = described.get(node);
          all.add(cell(cell, node, there));
        });
    return new State(
        nodes,
        all,
        cells.toMove(serving(nodes), leaving.now(), agents.tiers()),
        agents.oldest().orElse(null),
        cells.moves().stream()
            .map(it -> new Move(it.cell(), it.from(), it.to(), it.pauseMs(), it.at()))
            .toList());
  }

  private static Cell cell(String cell, String node, PlacementReply.@Nullable Described said) {
    if (said == null) {
      return new Cell(cell, node, 0, 0, 0, 0);
    }
    Map<String, Integer> operations = said.operationsByCell();
    Map<String, Long> entries = said.entriesByCell();
    return new Cell(
        cell,
        node,
        said.tenantsByCell().getOrDefault(cell, 0),
        entries == null ? 0 : entries.getOrDefault(cell, 0L),
        operations == null ? 0 : operations.getOrDefault(cell, 0),
        said.journalMs());
  }

  private static Set<String> serving(List<Node> nodes) {
    return nodes.stream()
        .filter(node -> node.state().equals("up"))
        .map(Node::address)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Node node(String name, Agents.Seen seen, PlacementReply.@Nullable Described said) {
    return said == null
        ? new Node(name, null, seen.state(), false, seen.roles(), null)
        : new Node(name, said.url(), seen.state(), said.ready(), said.roles(), figures(said));
  }

  private static Figures figures(PlacementReply.Described said) {
    return new Figures(
        said.version(),
        said.hotTenants(),
        said.operationsPerSecond(),
        said.journalMs(),
        said.heapBytes(),
        said.diskBytes(),
        said.startedAt());
  }

  @Override
  public CompletionStage<Drained> drain(String node, boolean force) {
    return state().thenCompose(state -> drain(state, node, force));
  }

  private CompletionStage<Drained> drain(State state, String address, boolean force) {
    Optional<Node> found =
        state.nodes().stream().filter(node -> node.address().equals(address)).findFirst();
    if (found.isEmpty()) {
      return CompletableFuture.completedFuture(new Drained.NoSuchNode());
    }
    Optional<String> objection = state.flaw().or(() -> nobodyElse(state));
    if (objection.isPresent() && !force) {
      return CompletableFuture.completedFuture(
          new Drained.Refused("the cluster is not whole: " + objection.get()));
    }
    return agents
        .ask(address, PlacementCommand.Drain::new, PATIENCE)
        .handle((known, silent) ->
            silent == null
                ? new Drained.Begun(found.get())
                : new Drained.Refused("node " + address + " does not answer"));
  }

  private static Optional<String> nobodyElse(State state) {
    return state.nodes().size() > 1
        ? Optional.empty()
        : Optional.of("no other node is there to take the cells of this one");
  }

  @Override
  public CompletionStage<List<String>> hotTenants(@Nullable String after, int limit) {
    String from = after == null ? "" : after;
    return agents
        .askAll(replyTo -> new PlacementCommand.ListHot(from, limit, replyTo), PATIENCE)
        .thenApply(replies ->
            replies.stream()
                .flatMap(reply ->
                    reply instanceof PlacementReply.HotListed listed
                        ? listed.tenants().stream()
                        : Stream.empty())
                .distinct()
                .sorted()
                .limit(limit)
                .toList());
  }

  @Override
  public void follow(TenantView tenant) {
    tierMoves.follow(tenant.id(), tenant.tier());
  }

  @Override
  public void followPlan(String plan) {
    planMoves.follow(plan);
  }

  private boolean isThere(MoveTarget target) {
    return switch (target) {
      case MoveTarget.OfNode ofNode -> agents.isUp(ofNode.node());
      case MoveTarget.OfTier ofTier ->
          agents.tiers().entrySet().stream()
              .anyMatch(
                  node -> node.getValue().contains(ofTier.tier()) && agents.isUp(node.getKey()));
    };
  }

  @Override
  public CompletionStage<Optional<Migration>> migrate(
      String tenantId, MoveTarget target, @Nullable String name) {
    String fresh = freshId();
    return name == null
        ? begin(tenantId, target, fresh)
        : mover
            .name(tenantId, name, fresh)
            .thenCompose(id ->
                id.equals(fresh)
                    ? begin(tenantId, target, id)
                    : beginUnlessBegun(tenantId, target, id));
  }

  private CompletionStage<Optional<Migration>> begin(
      String tenantId, MoveTarget target, String id) {
    return isThere(target)
        ? mover
            .begin(migration(tenantId, target, id))
            .thenApply(begun -> Optional.of(begun.migration()))
        : CompletableFuture.completedFuture(Optional.empty());
  }

  /** Who gave the name may not have come as far as to begin. */
  private CompletionStage<Optional<Migration>> beginUnlessBegun(
      String tenantId, MoveTarget target, String id) {
    return migrations(tenantId)
        .thenCompose(all ->
            all.stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .map(begun -> CompletableFuture.completedStage(Optional.of(begun)))
                .orElseGet(() -> begin(tenantId, target, id)));
  }

  /** Ids sort by the time at which migrations begin. */
  private String freshId() {
    return "m%013d-%s".formatted(time.epochMillis(), UUID.randomUUID().toString().substring(0, 8));
  }

  private Migration migration(String tenantId, MoveTarget target, String id) {
    return new Migration(
        id,
        tenantId,
        cells.nodeOf(placements.cellOf(tenantId)),
        target,
        Migration.Status.RUNNING,
        Migration.Step.HOLD,
        UNKNOWN,
        null,
        time.epochMillis(),
        UNKNOWN);
  }

  /** The nodes, for the moves of tenants to their tier. */
  private final class TierWay implements TierMoves.Way {
    @Override
    public Map<String, Set<Tier>> tiers() {
      return agents.tiers();
    }

    @Override
    public CompletionStage<Migration> move(String tenant, MoveTarget target) {
      return isThere(target)
          ? mover.begin(migration(tenant, target, freshId())).thenCompose(TenantMover.Begun::end)
          : CompletableFuture.failedFuture(new IllegalStateException("no node of the tier is up"));
    }

    @Override
    public CompletionStage<Optional<Tier>> tierOf(String tenant) {
      return questions
          .ask(tenant, TenantCommand.Describe::new, PATIENCE)
          .thenApply(reply -> {
            if (reply instanceof TenantReply.Refused refused
                && refused.refusal().code() == ErrorCode.UNAVAILABLE) {
              throw new IllegalStateException("the tenant does not answer now");
            }
            return reply instanceof TenantReply.Described described
                ? Optional.of(described.tenant().tier())
                : Optional.empty();
          });
    }

    @Override
    public void later(Duration pause, Runnable action) {
      agents.later(pause, action);
    }
  }

  @Override
  public CompletionStage<Aborted> abort(String tenantId, String migrationId) {
    return migrations(tenantId)
        .thenCompose(all ->
            all.stream()
                .filter(one -> one.id().equals(migrationId))
                .findFirst()
                .map(one -> migrations.abort(one.aborted(time.epochMillis())))
                .orElseGet(() -> CompletableFuture.completedFuture(new Aborted.NoSuchMigration())));
  }

  @Override
  public CompletionStage<List<Migration>> migrations(String tenantId) {
    return migrations.of(tenantId);
  }
}
