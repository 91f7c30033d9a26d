package io.atoll.cluster;

import io.atoll.formation.Formation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Whom a node asks to be let into a cluster. */
final class Contacts {
  private Contacts() {}

  /**
   * The seeds and all nodes that are alive, in the order to ask them. A list that begins with the
   * node itself lets it form a cluster when nobody answers in time: that is so only for the first
   * seed, and only while no other node is alive.
   */
  static List<String> of(String self, List<String> seeds, Formation formation) {
    Set<String> alive = formation.others(self);
    if (alive.isEmpty()) {
      return seeds;
    }
    Set<String> others = new LinkedHashSet<>(seeds);
    others.addAll(alive);
    others.remove(self);
    return List.copyOf(others);
  }
}
