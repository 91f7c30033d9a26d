package io.atoll.bench;

import java.util.random.RandomGenerator;

/** Chooses what each call does. Not thread-safe. */
final class Workload {
  private final BenchSettings.Data data;
  private final BenchSettings.Mix mix;
  private final Population population;
  private final Zipf popularity;
  private final int values;
  private final RandomGenerator random;

  Workload(BenchSettings settings, Population population, int values, RandomGenerator random) {
    this.data = settings.data();
    this.mix = settings.mix();
    this.population = population;
    this.popularity = new Zipf(population.tenants().size(), settings.data().zipf());
    this.values = values;
    this.random = random;
  }

  /** The next call of this user, or of anybody; a user belongs to one tenant. */
  Call next(int user, long due) {
    int tenant =
        user == Arrivals.NOBODY
            ? popularity.pick(random.nextDouble())
            : user % population.tenants().size();
    return new Call(
        kind(),
        tenant,
        population.planOf()[tenant],
        random.nextInt(data.maps()),
        random.nextInt(data.keys()),
        random.nextInt(values),
        due);
  }

  private Kind kind() {
    int draw = random.nextInt(100);
    if (draw >= mix.readPercent()) {
      return Kind.SET;
    }
    return draw < mix.scanPercent() ? Kind.SCAN : Kind.GET;
  }
}
