package io.atoll.faults.check;

import java.util.ArrayList;
import java.util.List;

/** What a check has found. */
public sealed interface Verdict {
  /** So many faults are named; the others are only counted. */
  int MOST_NAMED = 20;

  /** No fault. */
  record Holds() implements Verdict {}

  /** At least one fault, each in a sentence. */
  record Broken(List<String> faults) implements Verdict {
    public Broken {
      faults = List.copyOf(faults);
    }
  }

  /** Neither was shown within the bound. */
  record Undecided(String why) implements Verdict {}

  /** The verdict of a check that has come to its end. */
  static Verdict of(List<String> faults) {
    if (faults.isEmpty()) {
      return new Holds();
    }
    List<String> named = faults.stream().limit(MOST_NAMED).toList();
    return new Broken(
        named.size() == faults.size() ? named : with(named, faults.size() - named.size()));
  }

  private static List<String> with(List<String> named, int more) {
    List<String> all = new ArrayList<>(named);
    all.add("and " + more + " more");
    return all;
  }
}
