package io.atoll.bench;

import java.util.List;

/**
 * The tenants of a run and the plan of each, by index.
 *
 * @param named whether calls name their tenant; with a tenant's own key they must not
 */
record Population(List<String> tenants, List<String> plans, int[] planOf, boolean named) {
  Population {
    tenants = List.copyOf(tenants);
    plans = List.copyOf(plans);
  }

  /** Tenants that a run makes. */
  static Population of(BenchSettings.Data data) {
    List<String> ids =
        java.util.stream.IntStream.range(0, data.tenants())
            .mapToObj(number -> "%s-%04d".formatted(data.prefix(), number))
            .toList();
    return new Population(ids, data.plans().plans(), data.plans().deal(data.tenants()), true);
  }

  /** The one tenant that an API key belongs to. */
  static Population own() {
    return new Population(List.of("own"), List.of("own"), new int[] {0}, false);
  }
}
