package io.atoll.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Puts together the seconds that several workers report. Thread-safe. */
final class Timeline {
  private final int workers;
  private final Consumer<Interval> listener;
  private final Map<Integer, Part> open = new HashMap<>();
  private final List<Interval> whole = new ArrayList<>();

  private record Part(Interval interval, int reports) {}

  /** The listener is told each second that all workers have reported. */
  Timeline(int workers, Consumer<Interval> listener) {
    this.workers = workers;
    this.listener = listener;
  }

  synchronized void report(Interval interval) {
    Part part =
        open.merge(
            interval.second(),
            new Part(interval, 1),
            (before, one) ->
                new Part(before.interval().with(one.interval()), before.reports() + 1));
    if (part.reports() == workers) {
      open.remove(interval.second());
      whole.add(part.interval());
      listener.accept(part.interval());
    }
  }

  synchronized List<Interval> whole() {
    return List.copyOf(whole);
  }
}
