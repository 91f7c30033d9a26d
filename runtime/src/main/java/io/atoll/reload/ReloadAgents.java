package io.atoll.reload;

import io.atoll.http.Configuration.Reloaded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
final class ReloadAgents {
  static final String NAME = "atoll-reload";

  private static final Set<MemberStatus> TAKE_PART =
      Set.of(
          MemberStatus.joining(),
          MemberStatus.up(),
          MemberStatus.weaklyUp(),
          MemberStatus.leaving());

  private final ActorSystem<?> system;
  private final Cluster cluster;
  private final ActorRefResolver resolver;

  ReloadAgents(ActorSystem<?> system) {
    this.system = system;
    this.cluster = Cluster.get(system.classicSystem());
    this.resolver = ActorRefResolver.get(system);
  }

  /** The name of this node. */
  String self() {
    return name(cluster.selfAddress());
  }

  /** Asks the agents of all nodes; one that does not answer in time is silent. */
  CompletionStage<List<Reloaded>> askAll(
      Function<ActorRef<ReloadReply>, ReloadCommand.Remote> question, Duration patience) {
    return ask(nodes(), question, patience);
  }

  /** Asks those of all other nodes that can be reached. */
  CompletionStage<List<Reloaded>> askOthers(
      Function<ActorRef<ReloadReply>, ReloadCommand.Remote> question, Duration patience) {
    List<Address> others = new ArrayList<>(nodes());
    others.remove(cluster.selfAddress());
    cluster.state().getUnreachable().forEach(member -> others.remove(member.address()));
    return ask(others, question, patience);
  }

  private List<Address> nodes() {
    List<Address> addresses = new ArrayList<>();
    for (Member member : cluster.state().getMembers()) {
      if (TAKE_PART.contains(member.status())) {
        addresses.add(member.address());
      }
    }
    return addresses;
  }

  private CompletionStage<List<Reloaded>> ask(
      List<Address> nodes,
      Function<ActorRef<ReloadReply>, ReloadCommand.Remote> question,
      Duration patience) {
    List<CompletableFuture<Reloaded>> answers = new ArrayList<>();
    for (Address node : nodes) {
      answers.add(
          AskPattern.<ReloadCommand, ReloadReply>ask(
                  agent(node), question::apply, patience, system.scheduler())
              .thenApply(ReloadReply::outcome)
              .exceptionally(silence -> silent(node))
              .toCompletableFuture());
    }
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .thenApply(all -> answers.stream().map(CompletableFuture::join).toList());
  }

  private static Reloaded silent(Address node) {
    return new Reloaded(name(node), Reloaded.SILENT, "the node does not answer", List.of());
  }

  private ActorRef<ReloadCommand> agent(Address node) {
    return resolver.resolveActorRef(node + "/system/" + NAME);
  }

  /** How a node is named: host:port, where others can reach it at all. */
  private static String name(Address address) {
    return address.hasGlobalScope()
        ? address.host().get() + ":" + address.port().get()
        : address.toString();
  }
}
