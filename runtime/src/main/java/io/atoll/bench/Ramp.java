package io.atoll.bench;

import io.atoll.terminal.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A level over time, in straight lines from one step's level to the next one's; it starts at 0 and
 * stays at the last level. A step that takes no time is a jump.
 */
record Ramp(List<Step> steps) {
  private static final String FORM = "write it like 0s:10,2m:50,2m:100 (duration:level,...)";

  /** The level is reached after so many nanoseconds from the step before. */
  record Step(long nanos, double level) {}

  Ramp {
    steps = List.copyOf(steps);
  }

  static Ramp constant(double level) {
    return new Ramp(List.of(new Step(0, level)));
  }

  /** Reads {@code duration:level,...}, or a level alone; fails with IllegalArgumentException. */
  static Ramp parse(String text) {
    if (!text.contains(":")) {
      return constant(level(text, text));
    }
    List<Step> steps = new ArrayList<>();
    for (String step : text.split(",", -1)) {
      int colon = step.indexOf(':');
      if (colon < 0) {
        throw wrong(text);
      }
      long nanos = Span.parse(step.substring(0, colon).strip()).toNanos();
      steps.add(new Step(nanos, level(step.substring(colon + 1).strip(), text)));
    }
    return new Ramp(steps);
  }

  /** Nanoseconds until the last level is reached. */
  long length() {
    return steps.stream().mapToLong(Step::nanos).sum();
  }

  Duration duration() {
    return Duration.ofNanos(length());
  }

  double highest() {
    return steps.stream().mapToDouble(Step::level).max().orElse(0);
  }

  /** The level so many nanoseconds after the start. */
  double levelAt(long nanos) {
    long left = nanos;
    double level = 0;
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      if (left < step.nanos()) {
        return level + (step.level() - level) * Math.max(0, left) / step.nanos();
      }
      left -= step.nanos();
      level = step.level();
    }
    return level;
  }

  /** The same ramp after a time at its first level. */
  Ramp after(Duration lead) {
    List<Step> all = new ArrayList<>();
    all.add(new Step(0, levelAt(0)));
    all.add(new Step(lead.toNanos(), levelAt(0)));
    all.addAll(steps);
    return new Ramp(all);
  }

  /** The ramp with each level multiplied. */
  Ramp scaled(double factor) {
    return new Ramp(
        steps.stream().map(step -> new Step(step.nanos(), step.level() * factor)).toList());
  }

  private static double level(String level, String text) {
    try {
      double number = Double.parseDouble(level);
      if (number >= 0 && number <= Integer.MAX_VALUE) {
        return number;
      }
      throw wrong(text);
    } catch (NumberFormatException e) {
      throw wrong(text);
    }
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException("'" + text + "' is not a ramp; " + FORM);
  }
}
