package io.atoll.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.plan.Tier;
import io.atoll.tenant.MoveTarget;
import io.atoll.tenant.Placements;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CellNamesTest {
  @Test
  void aTenantIsInACellOfTierCAtFirst() {
    String cell = new Placements().cellOf("acme");

    assertThat(CellNames.tier(cell)).isEqualTo(Tier.C);
    assertThat(CellNames.of("acme", new MoveTarget.OfTier(Tier.C))).isEqualTo(cell);
  }

  @Test
  void theCellOfATierSaysSo() {
    for (Tier tier : Tier.values()) {
      assertThat(CellNames.tier(CellNames.of("acme", new MoveTarget.OfTier(tier)))).isEqualTo(tier);
    }
  }

  @Test
  void theCellOfANodeIsPinnedThere() {
    assertThat(PinnedCell.of(CellNames.of("acme", new MoveTarget.OfNode("a-1:7"))))
        .hasValueSatisfying(pinned -> assertThat(pinned.node()).isEqualTo("a-1:7"));
  }

  @Test
  void aTargetIsReadAsItWasWritten() {
    for (MoveTarget target : List.of(new MoveTarget.OfNode("a:1"), new MoveTarget.OfTier(Tier.B))) {
      assertThat(MoveTarget.parse(target.text())).isEqualTo(target);
    }
  }

  @Test
  void aNodeServesTheTiersOfItsRolesAndAllWhenItNamesNone() {
    assertThat(NodeTiers.of(List.of("dc-default", NodeTiers.role(Tier.A))))
        .isEqualTo(Set.of(Tier.A));
    assertThat(NodeTiers.of(List.of("dc-default"))).containsExactly(Tier.values());
  }
}
