package io.atoll.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import io.atoll.plan.Plan;
import io.atoll.plan.Plans;
import io.atoll.plan.Tier;
import io.atoll.quota.ActionLimit;
import io.atoll.quota.Quota;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfiguredPlansTest {
  @Test
  void thereAreNoneByDefault() {
    assertThat(ConfiguredPlans.from(ConfigFactory.defaultReference())).isEmpty();
  }

  @Test
  void aPlanIsTheBuiltInOneButForWhatItSays() {
    Plan pro =
        only(
            "pro { quotas { storageBytes = 20 GiB, maps = -1 }, features { prioritySupport = on } }");
    Plan builtIn = Plans.builtIn().find("pro").orElseThrow();

    assertThat(pro.tier()).isEqualTo(Tier.B);
    assertThat(pro.quotas())
        .isEqualTo(
            builtIn.quotas().toBuilder()
                .limit(Quota.STORAGE_BYTES, 20L << 30)
                .limit(Quota.MAPS, -1)
                .build());
    assertThat(pro.features())
        .containsEntry("prioritySupport", true)
        .containsEntry("customBranding", true);
  }

  @Test
  void aPlanOfANewNameIsFreeButForWhatItSays() {
    Plan gold = only("gold { tier = A, quotas { opsPerSecond = 7 } }");

    assertThat(gold.name()).isEqualTo("gold");
    assertThat(gold.tier()).isEqualTo(Tier.A);
    assertThat(gold.quotas().limit(Quota.OPS_PER_SECOND)).isEqualTo(7);
    assertThat(gold.quotas().limit(Quota.BURST)).isEqualTo(7);
    assertThat(gold.quotas().limit(Quota.CONNECTIONS)).isEqualTo(10);
  }

  @Test
  void anActionKeepsTheWindowThatItDoesNotName() {
    Plan pro =
        only(
            "pro.quotas { burst = 9, actions { commands.limit = 200, exports { limit = 3, windowMs = 1000 } } }");

    assertThat(pro.quotas().limit(Quota.BURST)).isEqualTo(9);
    assertThat(pro.quotas().actions())
        .containsEntry("commands", new ActionLimit(200, 60_000))
        .containsEntry("exports", new ActionLimit(3, 1_000))
        .containsKey("sync");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pro = 3                                   | atoll.plans.pro",
        "Pro {}                                    | atoll.plans.Pro",
        "pro { teir = A }                          | atoll.plans.pro.teir",
        "pro { tier = D }                          | atoll.plans.pro.tier",
        "pro { quotas = 7 }                        | atoll.plans.pro.quotas",
        "pro { quotas { map = 7 } }                | atoll.plans.pro.quotas.map",
        "pro { quotas { maps = -2 } }              | atoll.plans.pro.quotas.maps",
        "pro { quotas { maps = 1.5 } }             | atoll.plans.pro.quotas.maps",
        "pro { quotas { maps = 1 KiB } }           | atoll.plans.pro.quotas.maps",
        "pro { quotas { storageBytes = big } }     | atoll.plans.pro.quotas.storageBytes",
        "pro { quotas { actions { x.limit = 1 } } } | atoll.plans.pro.quotas.actions.x.windowMs",
        "pro { quotas { actions { \"a b\" {} } } } | atoll.plans.pro.quotas.actions.a b",
        "pro { quotas { actions { x.y = 1 } } }    | atoll.plans.pro.quotas.actions.x.y",
        "pro { features { flying = on } }          | atoll.plans.pro.features.flying",
        "pro { features { customBranding = 3 } }   | atoll.plans.pro.features.customBranding"
      })
  void whatIsWrongIsNamed(String plans, String key) {
    assertThatThrownBy(() -> read(plans))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(key.strip());
  }

  private static Plan only(String plan) {
    List<Plan> plans = read(plan);
    assertThat(plans).hasSize(1);
    return plans.getFirst();
  }

  private static List<Plan> read(String plans) {
    return ConfiguredPlans.from(ConfigFactory.parseString("atoll.plans { " + plans + " }"));
  }
}
