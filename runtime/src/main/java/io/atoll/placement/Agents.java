package io.atoll.placement;

import io.atoll.plan.Tier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;

/** The agents of all nodes, which have the same path on each. Thread-safe. */
final class Agents {
  static final String NAME = "atoll-placement";

  private static final Set<MemberStatus> TAKE_PART =
      Set.of(MemberStatus.up(), MemberStatus.weaklyUp(), MemberStatus.leaving());

  private static final Set<MemberStatus> MAY_COUNT =
      Set.of(
          MemberStatus.joining(),
          MemberStatus.weaklyUp(),
          MemberStatus.up(),
          MemberStatus.leaving());

  private final ActorSystem<?> system;
  private final Cluster cluster;
  private final ActorRefResolver resolver;

  Agents(ActorSystem<?> system) {
    this.system = system;
    this.cluster = Cluster.get(system.classicSystem());
    this.resolver = ActorRefResolver.get(system);
  }

  /** The name of this node. */
  String self() {
    return name(cluster.selfAddress());
  }

  /** How a node is named: host:port. */
  String name(Address address) {
    Address whole = address.host().isEmpty() ? cluster.selfAddress() : address;
    return whole.host().get() + ":" + whole.port().get();
  }

  /** Whether every node is reachable, and none comes or goes. */
  boolean isQuiet() {
    var state = cluster.state();
    boolean settled = true;
    for (Member member : state.getMembers()) {
      settled &= member.status().equals(MemberStatus.up());
    }
    return settled && state.getUnreachable().isEmpty();
  }

  /** A member as the others see it. */
  record Seen(String state, List<String> roles) {}

  /** All members by name, in order. */
  Map<String, Seen> members() {
    var state = cluster.state();
    Map<String, Seen> members = new TreeMap<>();
    for (Member member : state.getMembers()) {
      String seen =
          state.getUnreachable().contains(member)
              ? "unreachable"
              : member.status().toString().toLowerCase(Locale.ROOT);
      members.put(
          name(member.address()), new Seen(seen, member.getRoles().stream().sorted().toList()));
    }
    return members;
  }

  /** The node that has been there longest: it has the coordinator. */
  Optional<String> oldest() {
    Member oldest = null;
    for (Member member : cluster.state().getMembers()) {
      boolean there = TAKE_PART.contains(member.status());
      oldest = there && (oldest == null || member.isOlderThan(oldest)) ? member : oldest;
    }
    return Optional.ofNullable(oldest).map(member -> name(member.address()));
  }

  /** The tiers that the members serve. */
  Map<String, Set<Tier>> tiers() {
    Map<String, Set<Tier>> tiers = new TreeMap<>();
    members().forEach((node, seen) -> tiers.put(node, NodeTiers.of(seen.roles())));
    return tiers;
  }

  /** Whether there is such a node, and it is up and reachable. */
  boolean isUp(String node) {
    Seen seen = members().get(node);
    return seen != null && seen.state().equals("up");
  }

  /** The names of the nodes that take part, in order. */
  Set<String> nodes() {
    Set<String> names = new TreeSet<>();
    for (Member member : cluster.state().getMembers()) {
      if (TAKE_PART.contains(member.status())) {
        names.add(name(member.address()));
      }
    }
    return names;
  }

  /** A node that may count when the nodes lose sight of each other. */
  record Seat(String node, MemberStatus status, boolean reachable) {
    /** Neither joining nor on its way out. */
    boolean isUp() {
      return status.equals(MemberStatus.up());
    }

    boolean isMember() {
      return isUp() || status.equals(MemberStatus.leaving());
    }
  }

  /** All that may count, in the order of their addresses, as Pekko's split-brain resolver does. */
  List<Seat> seats() {
    var state = cluster.state();
    List<Seat> seats = new ArrayList<>();
    for (Member member : state.getMembers()) {
      if (MAY_COUNT.contains(member.status())) {
        boolean reachable = !state.getUnreachable().contains(member);
        seats.add(new Seat(name(member.address()), member.status(), reachable));
      }
    }
    return seats;
  }

  /** Whether this node has left, or was given up by others or by itself, and ends. */
  boolean isNoMember() {
    return cluster.isTerminated() || cluster.selfMember().status().equals(MemberStatus.down());
  }

  void tell(String node, PlacementCommand.Remote command) {
    agent(node).tell(command);
  }

  void tellAll(PlacementCommand.Remote command) {
    nodes().forEach(node -> tell(node, command));
  }

  /** Asks all nodes; fails when one of them does not answer in time. */
  CompletionStage<List<PlacementReply>> askAll(
      Function<ActorRef<PlacementReply>, PlacementCommand> question, Duration patience) {
    List<CompletableFuture<PlacementReply>> answers = new ArrayList<>();
    for (String node : nodes()) {
      answers.add(ask(node, question, patience).toCompletableFuture());
    }
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .thenApply(all -> answers.stream().map(CompletableFuture::join).toList());
  }

  CompletionStage<PlacementReply> ask(
      String node,
      Function<ActorRef<PlacementReply>, PlacementCommand> question,
      Duration patience) {
    return AskPattern.ask(agent(node), question::apply, patience, system.scheduler());
  }

  /** Does it after a while. */
  void later(Duration pause, Runnable action) {
    system.scheduler().scheduleOnce(pause, action, system.executionContext());
  }

  private ActorRef<PlacementCommand> agent(String node) {
    String path = cluster.selfAddress().protocol() + "://" + system.name() + "@" + node;
    return resolver.resolveActorRef(path + "/system/" + NAME);
  }
}
