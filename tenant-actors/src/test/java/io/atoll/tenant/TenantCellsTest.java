package io.atoll.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.plan.Tier;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TenantCellsTest {
  private static final int TENANTS = 100_000;
  private static final int SHARDS = 256;

  @Test
  void tenantsSpreadOverAllShardsEvenWhenTheirNamesShareOneHashCode() {
    Map<String, Integer> shards = new HashMap<>();
    TenantCells cells = new TenantCells(new Placements());
    for (int i = 0; i < TENANTS; i++) {
      shards.merge(cells.shardId(colliding(i)), 1, Integer::sum);
    }

    assertThat(colliding(1).hashCode()).isEqualTo(colliding(2).hashCode());
    assertThat(shards).hasSize(SHARDS);
    assertThat(shards.values()).allMatch(count -> count < 3 * TENANTS / SHARDS);
  }

  @Test
  void aTenantKeepsItsShardForEver() {
    assertThat(new TenantCells(new Placements()).shardId("acme")).isEqualTo("198");
    assertThat(TenantCells.cell(Tier.C, "acme")).isEqualTo("C-198");
  }

  /** "bb" and "cC" have the same hash code, so all words of as many of them have. */
  private static String colliding(int number) {
    StringBuilder id = new StringBuilder();
    for (int bit = 0; bit < 17; bit++) {
      id.append((number >> bit & 1) == 0 ? "bb" : "cC");
    }
    return id.toString();
  }
}
