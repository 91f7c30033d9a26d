package io.atoll.bench;

/**
 * Calls at a rate that follows a ramp, evenly spaced: the n-th is due when the area under the ramp
 * reaches n.
 */
final class RateArrivals implements Arrivals {
  private static final double SECOND = 1e9;

  private final Ramp ramp;
  private double number;
  private int step;
  private long stepStart;
  private double levelBefore;
  private double countBefore;

  /** The first call is due when the area reaches {@code phase}. */
  RateArrivals(Ramp callsPerSecond, double phase) {
    this.ramp = callsPerSecond;
    this.number = phase;
  }

  @Override
  public long nextDue(long now) {
    while (step < ramp.steps().size()) {
      Ramp.Step current = ramp.steps().get(step);
      double seconds = current.nanos() / SECOND;
      double count = (levelBefore + current.level()) / 2 * seconds;
      if (number - countBefore < count) {
        double slope = (current.level() - levelBefore) / seconds;
        return stepStart + nanos(number - countBefore, slope);
      }
      countBefore += count;
      stepStart += current.nanos();
      levelBefore = current.level();
      step++;
    }
    return levelBefore == 0 ? NEVER : stepStart + nanos(number - countBefore, 0);
  }

  @Override
  public int take() {
    number++;
    return NOBODY;
  }

  /** When the area from the step's start is so large: the root of a parabola. */
  private long nanos(double area, double slope) {
    if (area <= 0) {
      return 0;
    }
    double root = Math.sqrt(Math.max(0, levelBefore * levelBefore + 2 * slope * area));
    return (long) (2 * area / (levelBefore + root) * SECOND);
  }
}
