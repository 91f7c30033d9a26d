package io.atoll.placement;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which nodes have confirmed this one, and when it had asked them. Belongs to the agent. */
final class Confirmations {
  /**
   * A node that answers none of so many questions is of an older version, and counts as confirming
   * while it can be reached. By then one that is not there any more has been found unreachable.
   */
  static final int PATIENCE = 5;

  private final String self;
  private final Map<String, Long> confirmed = new HashMap<>();
  private final Map<String, Integer> questions = new HashMap<>();

  Confirmations(String self) {
    this.self = self;
  }

  /** The node is asked; returns how often it was before without ever answering. */
  int asks(String node) {
    return confirmed.containsKey(node) ? 0 : questions.merge(node, 1, Integer::sum) - 1;
  }

  /** The node has confirmed what was asked at this monotonic time. */
  void by(String node, long asked) {
    confirmed.merge(node, asked, (one, other) -> one - other > 0 ? one : other);
  }

  /** The node is gone: who comes under its name is another. */
  void gone(String node) {
    confirmed.remove(node);
    questions.remove(node);
  }

  /** This node stood still: who can be reached has to show anew. */
  void startOver() {
    questions.clear();
  }

  /**
   * The latest monotonic time from which on the larger part of the nodes has confirmed what it was
   * asked; empty if that was never so, or when the node is none of them any more.
   */
  OptionalLong since(List<Agents.Seat> seats, long now) {
    Map<Long, Set<String>> byAge = new TreeMap<>();
    for (Agents.Seat seat : seats) {
      Long age = age(seat, now);
      if (age != null) {
        byAge.computeIfAbsent(age, added -> new HashSet<>()).add(seat.node());
      }
    }
    Set<String> part = new HashSet<>();
    for (Map.Entry<Long, Set<String>> one : byAge.entrySet()) {
      part.addAll(one.getValue());
      if (part.contains(self) && goesOn(part, seats)) {
        return OptionalLong.of(now - one.getKey());
      }
    }
    return OptionalLong.empty();
  }

  /** How old the last confirmation is, or null if there is none. */
  private @Nullable Long age(Agents.Seat seat, long now) {
    if (seat.node().equals(self)) {
      return 0L;
    }
    Long asked = confirmed.get(seat.node());
    if (asked != null) {
      return now - asked;
    }
    boolean isOlder = questions.getOrDefault(seat.node(), 0) >= PATIENCE;
    return isOlder && seat.reachable() ? 0L : null;
  }

  /**
   * Whether this part of the nodes is the one that goes on in a split: the larger one or, of two
   * halves, the one with the lowest address; and so also if the other part sees those that join as
   * members and those that leave as gone. This is how Pekko's {@code KeepMajority} decides, so of
   * any two parts at most one does, whichever of them has heard of the last changes.
   */
  static boolean goesOn(Set<String> part, List<Agents.Seat> seats) {
    return isLarger(part, seats, Agents.Seat::isMember, Agents.Seat::isMember)
        && isLarger(part, seats, Agents.Seat::isUp, seat -> true);
  }

  private static boolean isLarger(
      Set<String> part,
      List<Agents.Seat> seats,
      Predicate<Agents.Seat> countsHere,
      Predicate<Agents.Seat> countsThere) {
    List<String> members = seats.stream().filter(countsHere).map(Agents.Seat::node).toList();
    long here = members.stream().filter(part::contains).count();
    long there =
        seats.stream().filter(countsThere).filter(seat -> !part.contains(seat.node())).count();
    boolean isHalf = here == there && here > 0 && part.contains(members.getFirst());
    return there == 0 || here > there || isHalf;
  }
}
