package io.atoll.tenant;

import static io.atoll.tenant.Tenants.NOW;
import static io.atoll.tenant.Tenants.active;
import static io.atoll.tenant.Tenants.after;
import static io.atoll.tenant.Tenants.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.tenant.TenantEvent.MigrationEnded;
import io.atoll.tenant.TenantState.Absent;
import io.atoll.tenant.TenantState.Active;
import io.atoll.tenant.TenantState.Deleted;
import io.atoll.tenant.TenantState.Purging;
import io.atoll.tenant.TenantState.Suspended;
import java.util.List;
import org.junit.jupiter.api.Test;

class MigrationRulesTest {
  private static final Tenant TENANT = active().tenant();

  @Test
  void anEndIsWrittenDownOnceHoweverOftenItIsTold() {
    for (TenantState state : everyLivingState()) {
      Decision first = MigrationRules.end(state, Tenants.endOf("m2"), at(NOW));
      assertThat(first.events())
          .containsExactly(new MigrationEnded(NOW, Tenants.endOf("m2").migration()));

      TenantState told = after(state, first.events());
      assertThat(told.getClass()).isEqualTo(state.getClass());
      assertThat(MigrationRules.end(told, Tenants.endOf("m2"), at(NOW + 1)))
          .isEqualTo(Decision.say(new TenantReply.Accepted()));
    }
  }

  @Test
  void anEndThatComesAfterThatOfALaterMigrationIsWrittenDownToo() {
    TenantState later = after(active(), new MigrationEnded(NOW, Tenants.endOf("m2").migration()));
    Decision earlier = MigrationRules.end(later, Tenants.endOf("m1"), at(NOW));
    assertThat(earlier.events()).hasSize(1);

    TenantState both = after(later, earlier.events());
    for (String known : List.of("m1", "m2")) {
      assertThat(MigrationRules.end(both, Tenants.endOf(known), at(NOW)).events()).isEmpty();
    }
  }

  @Test
  void aTenantThatIsNotThereKeepsNoEnd() {
    for (TenantState state : List.of(Absent.FIRST, new Purging(1, TENANT, Receipts.NONE))) {
      assertThat(MigrationRules.end(state, Tenants.endOf("m1"), at(NOW)))
          .isEqualTo(Decision.say(new TenantReply.Accepted()));
    }
  }

  @Test
  void aTenantKeepsNoEndOfOneThatHadItsNameBefore() {
    long born = NOW + 3_600_000;
    TenantState later = new Active(2, Tenant.created(Tenants.FREE, born, Receipts.NONE));
    assertThat(MigrationRules.end(later, Tenants.endOf("m1"), at(born)))
        .isEqualTo(Decision.say(new TenantReply.Accepted()));
  }

  private static List<TenantState> everyLivingState() {
    return List.of(active(), new Suspended(1, TENANT), new Deleted(1, TENANT, NOW));
  }
}
