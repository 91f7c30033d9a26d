package io.atoll.cluster;

import io.atoll.formation.Formation;
import io.atoll.formation.FormationStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;
import org.apache.pekko.cluster.typed.JoinSeedNodes;
import org.apache.pekko.cluster.typed.SelfUp;
import org.apache.pekko.cluster.typed.Subscribe;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the node join, and form a cluster only while the store knows of no other node that is alive:
 * a first seed whose questions are answered late would serve the tenants of a second cluster. As a
 * member it says again and again that it is alive; it ends when a cluster was formed after its own.
 */
final class MembershipAgent {
  /** A node that stands still for this long may find another cluster in its place. */
  static final Duration LIFE = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(MembershipAgent.class);
  private static final Duration SAY_AGAIN = Duration.ofSeconds(5);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  /** Before it is known which cluster the node belongs to. */
  private static final long NONE = 0;

  private final ActorContext<MembershipCommand> context;
  private final TimerScheduler<MembershipCommand> timers;
  private final Cluster cluster;
  private final String self;
  private final List<String> seeds;
  private final FormationStore store;
  private final CompletableFuture<Done> begun;
  private List<String> asked = List.of();
  private Optional<List<String>> otherMembers = Optional.empty();
  private long number = NONE;
  private boolean failing;

  static Behavior<MembershipCommand> create(
      List<String> seeds, FormationStore store, CompletableFuture<Done> begun) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(
            timers -> new MembershipAgent(context, timers, seeds, store, begun).behavior()));
  }

  private MembershipAgent(
      ActorContext<MembershipCommand> context,
      TimerScheduler<MembershipCommand> timers,
      List<String> seeds,
      FormationStore store,
      CompletableFuture<Done> begun) {
    this.context = context;
    this.timers = timers;
    this.cluster = Cluster.get(context.getSystem());
    this.self = name(cluster.selfMember().address());
    this.seeds = seeds;
    this.store = store;
    this.begun = begun;
  }

  /** Whoever had this name before is not alive any more. */
  private Behavior<MembershipCommand> behavior() {
    ActorRef<SelfUp> isUp =
        context.messageAdapter(
            SelfUp.class,
            event -> new MembershipCommand.IsUp(others(event.currentClusterState().getMembers())));
    cluster.subscriptions().tell(Subscribe.create(isUp, SelfUp.class));
    ask(store.forget(self), forgotten -> new MembershipCommand.Look());
    return Behaviors.receiveMessage(this::on);
  }

  private Behavior<MembershipCommand> on(MembershipCommand command) {
    switch (command) {
      case MembershipCommand.Look look -> ask(store.read(), MembershipCommand.Found::new);
      case MembershipCommand.Found found -> found(found.formation());
      case MembershipCommand.IsUp isUp -> up(isUp.others());
      case MembershipCommand.Formed formed -> formed(formed);
      case MembershipCommand.Said said -> said(said.number());
      case MembershipCommand.Failed failed -> failed(failed.failure());
      case MembershipCommand.End end -> {
        return end(end.replyTo());
      }
      case MembershipCommand.Ended ended -> ended.replyTo().tell(Done.getInstance());
    }
    return Behaviors.same();
  }

  private <T> void ask(CompletionStage<T> answer, Function<T, MembershipCommand> success) {
    context.pipeToSelf(
        answer,
        (value, failure) ->
            failure == null ? success.apply(value) : new MembershipCommand.Failed(failure));
  }

  private void lookIn(Duration pause) {
    timers.startSingleTimer("look", new MembershipCommand.Look(), pause);
  }

  private void failed(Throwable failure) {
    if (!failing) {
      LOG.warn("the store does not say which nodes are alive: {}", failure.toString());
    }
    failing = true;
    lookIn(LOOK_AGAIN);
  }

  private void up(List<String> others) {
    otherMembers = Optional.of(others);
    lookIn(Duration.ZERO);
  }

  private void found(Formation formation) {
    failing = false;
    if (otherMembers.isEmpty()) {
      join(Contacts.of(self, seeds, formation));
      lookIn(LOOK_AGAIN);
    } else if (number == NONE) {
      find(otherMembers.get(), formation);
    } else if (formation.number() > number) {
      LOG.error(
          "a cluster was formed while this node, of one before, stood still or had no store: it ends");
      cluster.manager().tell(new Down(cluster.selfMember().address()));
    } else {
      say(number);
    }
  }

  private void join(List<String> contacts) {
    if (!contacts.equals(asked)) {
      LOG.info("joins by {}", contacts);
      asked = contacts;
      List<Address> addresses = contacts.stream().map(this::address).toList();
      cluster.manager().tell(new JoinSeedNodes(addresses));
    }
  }

  /** Nobody else is a member of a cluster that this node has just formed. */
  private void find(List<String> others, Formation formation) {
    if (others.isEmpty() && asked.getFirst().equals(self)) {
      long last = formation.number();
      ask(store.form(last), granted -> new MembershipCommand.Formed(last, granted));
    } else {
      say(Math.max(formation.numberOf(others), 1));
    }
  }

  private List<String> others(Iterable<Member> members) {
    List<String> others = new ArrayList<>();
    for (Member member : members) {
      if (!member.address().equals(cluster.selfMember().address())) {
        others.add(name(member.address()));
      }
    }
    return others;
  }

  private void formed(MembershipCommand.Formed formed) {
    if (formed.granted()) {
      say(formed.last() + 1);
    } else {
      lookIn(LOOK_AGAIN);
    }
  }

  private void say(long current) {
    ask(store.say(self, current, LIFE), said -> new MembershipCommand.Said(current));
  }

  private void said(long current) {
    number = current;
    begun.complete(Done.getInstance());
    lookIn(SAY_AGAIN);
  }

  private Behavior<MembershipCommand> end(ActorRef<Done> replyTo) {
    timers.cancelAll();
    context.pipeToSelf(
        store.forget(self), (forgotten, failure) -> new MembershipCommand.Ended(replyTo));
    return Behaviors.receiveMessage(command -> {
      if (command instanceof MembershipCommand.Ended ended) {
        ended.replyTo().tell(Done.getInstance());
      }
      return Behaviors.same();
    });
  }

  private Address address(String node) {
    return AddressFromURIString.parse(
        cluster.selfMember().address().protocol()
            + "://"
            + context.getSystem().name()
            + "@"
            + node);
  }

  private static String name(Address address) {
    return address.host().get() + ":" + address.port().get();
  }
}
