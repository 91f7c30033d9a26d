package io.atoll.tenant;

import java.util.List;

/** The regions in which a tenant's data may be kept; empty when any will do. */
public record Residency(List<String> regions) {
  public static final Residency ANYWHERE = new Residency(List.of());

  public Residency {
    regions = List.copyOf(regions);
  }
}
