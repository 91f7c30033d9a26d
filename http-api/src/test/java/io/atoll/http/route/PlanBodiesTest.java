package io.atoll.http.route;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atoll.plan.Plan;
import io.atoll.plan.Plans;
import io.atoll.plan.Tier;
import io.atoll.quota.ActionLimit;
import io.atoll.quota.Quota;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanBodiesTest {
  private static final Plan PRO = Plans.builtIn().find(Plans.PRO).orElseThrow();

  @Test
  void whatIsLeftOutIsAsInTheBase() {
    assertThat(read("{}")).isEqualTo(PRO);
    assertThat(read("{\"name\":\"pro\",\"quotas\":{},\"features\":{},\"source\":\"stored\"}"))
        .isEqualTo(PRO);
  }

  @Test
  void whatIsGivenGoesOverTheBase() {
    Plan plan =
        read("{\"tier\":\"A\",\"quotas\":{\"maps\":-1},\"features\":{\"customBranding\":false}}");

    assertThat(plan.tier()).isEqualTo(Tier.A);
    assertThat(plan.quotas()).isEqualTo(PRO.quotas().toBuilder().limit(Quota.MAPS, -1).build());
    assertThat(plan.features())
        .containsEntry("customBranding", false)
        .containsEntry("advancedAnalytics", true);
  }

  @Test
  void theBurstFollowsTheOperationsUnlessItIsGiven() {
    assertThat(read("{\"quotas\":{\"opsPerSecond\":7}}").quotas().limit(Quota.BURST)).isEqualTo(7);
    assertThat(read("{\"quotas\":{\"burst\":9,\"opsPerSecond\":7}}").quotas().limit(Quota.BURST))
        .isEqualTo(9);
  }

  @Test
  void actionsWhereThereAreAnyAreAllThatThePlanHas() {
    Map<String, ActionLimit> actions =
        read("{\"quotas\":{\"actions\":{\"a\":{\"limit\":1,\"windowMs\":2}}}}").quotas().actions();

    assertThat(actions).isEqualTo(Map.of("a", new ActionLimit(1, 2)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{\"name\":\"other\"}",
        "{\"tier\":\"D\"}",
        "{\"tier\":null}",
        "{\"quotas\":null}",
        "{\"quotas\":{\"opsPerSecond\":-2}}",
        "{\"quotas\":{\"opsPerSecond\":1.5}}",
        "{\"quotas\":{\"opsPerSecond\":9007199254740992}}",
        "{\"quotas\":{\"maps\":null}}",
        "{\"quotas\":{\"unicorns\":1}}",
        "{\"quotas\":{\"actions\":{\"a b\":{\"limit\":1,\"windowMs\":1}}}}",
        "{\"quotas\":{\"actions\":{\"a\":{\"limit\":1}}}}",
        "{\"features\":{\"flying\":true}}",
        "{\"features\":{\"customBranding\":null}}",
        "{\"price\":1}"
      })
  void whatIsNoPlanIsRefused(String body) {
    assertThatThrownBy(() -> read(body)).isInstanceOf(RefusedException.class);
  }

  private static Plan read(String body) {
    return PlanBodies.read(body.getBytes(UTF_8), PRO);
  }
}
