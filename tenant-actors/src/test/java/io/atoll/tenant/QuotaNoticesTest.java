package io.atoll.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.quota.Quota;
import io.atoll.quota.QuotaUsage;
import io.atoll.quota.Quotas;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuotaNoticesTest {
  private static final Quotas QUOTAS = Quotas.builder().limit(Quota.MAPS, 100).build();

  private final QuotaNotices notices = new QuotaNotices();

  @Test
  void eachLevelIsToldOnceOnTheWayUp() {
    assertThat(at(79)).isEmpty();
    assertThat(at(80)).containsExactly(new SessionNotice.QuotaNotice("acme", "maps", 80));
    assertThat(at(90)).isEmpty();
    assertThat(at(95)).hasSize(1);
    assertThat(at(100)).isEmpty();
  }

  @Test
  void aLevelIsToldAgainOnlyAfterTheUseFellWellBelowIt() {
    assertThat(at(80)).hasSize(1);
    assertThat(at(78)).isEmpty();
    assertThat(at(81)).isEmpty();
    assertThat(at(74)).isEmpty();
    assertThat(at(80)).hasSize(1);
  }

  @Test
  void anUnlimitedOrForbiddenQuotaIsNeverTold() {
    Quotas none = Quotas.builder().limit(Quota.MAPS, 0).build();

    assertThat(notices.notices("acme", none, usage(none, 0))).isEmpty();
    Quotas unlimited = Quotas.builder().build();
    assertThat(notices.notices("acme", unlimited, usage(unlimited, 1_000))).isEmpty();
  }

  private List<SessionNotice> at(long maps) {
    return notices.notices("acme", QUOTAS, usage(QUOTAS, maps));
  }

  private static QuotaUsage usage(Quotas quotas, long maps) {
    return QuotaUsage.builder(quotas).live(Quota.MAPS, maps).build();
  }
}
