package io.atoll.cluster;

import io.atoll.formation.Formation;
import io.atoll.formation.FormationStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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
  private static final String LOOK = "look";
  private static final Duration SAY_AGAIN = Duration.ofSeconds(5);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  /**
   * So often it is looked for a member that says its cluster: one of an older version never does.
   */
  private static final long MOST_SILENT_LOOKS = LIFE.dividedBy(LOOK_AGAIN);

  /** Before it is known which cluster the node belongs to. */
  private static final long NONE = -1;

  private final ActorContext<MembershipCommand> context;
  private final TimerScheduler<MembershipCommand> timers;
  private final Cluster cluster;
  private final String self;
  private final List<String> seeds;
  private final FormationStore store;
  private final CompletableFuture<Done> begun;
  private List<String> asked = List.of();
  private Optional<List<String>> olderMembers = Optional.empty();
  private boolean forgotten;
  private int silentLooks;
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
            event -> new MembershipCommand.IsUp(older(event.currentClusterState().getMembers())));
    cluster.subscriptions().tell(Subscribe.create(isUp, SelfUp.class));
    look();
    return Behaviors.receiveMessage(this::on);
  }

  private Behavior<MembershipCommand> on(MembershipCommand command) {
    switch (command) {
      case MembershipCommand.Look again -> look();
      case MembershipCommand.Forgotten done -> forgotten();
      case MembershipCommand.Found found -> found(found.formation());
      case MembershipCommand.IsUp isUp -> up(isUp.older());
      case MembershipCommand.Formed formed -> formed(formed);
      case MembershipCommand.Said said -> said();
      case MembershipCommand.Failed failed -> failed(failed.failure());
      case MembershipCommand.End end -> {
        return end(end.replyTo());
      }
      case MembershipCommand.Ended ended -> ended.replyTo().tell(Done.getInstance());
    }
    return Behaviors.same();
  }

  private void look() {
    if (forgotten) {
      ask(store.read(), MembershipCommand.Found::new);
    } else {
      ask(store.forget(self), done -> new MembershipCommand.Forgotten());
    }
  }

  private void forgotten() {
    forgotten = true;
    look();
  }

  private <T> void ask(CompletionStage<T> answer, Function<T, MembershipCommand> success) {
    context.pipeToSelf(
        answer,
        (value, failure) ->
            failure == null ? success.apply(value) : new MembershipCommand.Failed(failure));
  }

  private void lookIn(Duration pause) {
    timers.startSingleTimer(LOOK, new MembershipCommand.Look(), pause);
  }

  private void failed(Throwable failure) {
    if (!failing) {
      LOG.warn("the store does not say which nodes are alive: {}", failure.toString());
    }
    failing = true;
    lookIn(LOOK_AGAIN);
  }

  /** What is being asked for already is not asked for twice. */
  private void up(List<String> older) {
    olderMembers = Optional.of(older);
    if (timers.isTimerActive(LOOK)) {
      lookIn(Duration.ZERO);
    }
  }

  private void found(Formation formation) {
    failing = false;
    if (olderMembers.isEmpty()) {
      join(Contacts.of(self, seeds, formation));
      lookIn(LOOK_AGAIN);
    } else if (number == NONE) {
      find(olderMembers.get(), formation);
    } else if (formation.number() > number) {
      end("a cluster was formed while it, of one before, stood still or had no store");
    } else {
      say();
    }
  }

  private void end(String why) {
    LOG.error("this node ends: {}", why);
    cluster.manager().tell(new Down(cluster.selfMember().address()));
    lookIn(SAY_AGAIN);
  }

  private void join(List<String> contacts) {
    if (!contacts.equals(asked)) {
      LOG.info("joins by {}", contacts);
      asked = contacts;
      List<Address> addresses = contacts.stream().map(this::address).toList();
      cluster.manager().tell(new JoinSeedNodes(addresses));
    }
  }

  private void find(List<String> older, Formation formation) {
    OptionalLong said = formation.numberOf(older);
    if (older.isEmpty()) {
      form(formation);
    } else if (said.isPresent() || ++silentLooks > MOST_SILENT_LOOKS) {
      number = said.orElse(formation.number());
      say();
    } else {
      lookIn(LOOK_AGAIN);
    }
  }

  /** Nobody who joins this cluster says so before this node does. */
  private void form(Formation formation) {
    if (formation.others(self).isEmpty()) {
      long last = formation.number();
      ask(store.form(last), granted -> new MembershipCommand.Formed(last, granted));
    } else {
      end("it has formed a cluster while " + formation.others(self) + " were alive");
    }
  }

  private List<String> older(Iterable<Member> members) {
    List<String> older = new ArrayList<>();
    for (Member itself : members) {
      if (itself.uniqueAddress().equals(cluster.selfMember().uniqueAddress())) {
        members.forEach(member -> {
          if (member.isOlderThan(itself)) {
            older.add(name(member.address()));
          }
        });
      }
    }
    return older;
  }

  private void formed(MembershipCommand.Formed formed) {
    if (formed.granted()) {
      number = formed.last() + 1;
      say();
    } else {
      lookIn(LOOK_AGAIN);
    }
  }

  private void say() {
    ask(store.say(self, number, LIFE), said -> new MembershipCommand.Said());
  }

  private void said() {
    begun.complete(Done.getInstance());
    lookIn(SAY_AGAIN);
  }

  private Behavior<MembershipCommand> end(ActorRef<Done> replyTo) {
    timers.cancelAll();
    context.pipeToSelf(
        store.forget(self),
        (done, failure) -> {
          if (failure != null) {
            LOG.warn("the store still says that this node is alive: {}", failure.toString());
          }
          return new MembershipCommand.Ended(replyTo);
        });
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
