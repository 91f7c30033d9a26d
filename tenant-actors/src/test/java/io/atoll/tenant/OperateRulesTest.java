package io.atoll.tenant;

import static io.atoll.tenant.Tenants.NOW;
import static io.atoll.tenant.Tenants.active;
import static io.atoll.tenant.Tenants.after;
import static io.atoll.tenant.Tenants.at;
import static io.atoll.tenant.Tenants.idempotency;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.map.Key;
import io.atoll.map.Operation;
import io.atoll.map.Outcome;
import io.atoll.quota.Account;
import io.atoll.quota.Denial;
import io.atoll.quota.Quota;
import io.atoll.quota.Quotas;
import io.atoll.refusal.ErrorCode;
import io.atoll.tenant.TenantEvent.MapCleared;
import io.atoll.tenant.TenantEvent.MapCreated;
import io.atoll.tenant.TenantEvent.MapDropped;
import io.atoll.tenant.TenantState.Present;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OperateRulesTest {
  private final List<Operation> admitted = new ArrayList<>();
  private Account account = new Account(-1, -1);
  private Quotas quotas = Quotas.builder().build();
  private long admitting = Long.MAX_VALUE;

  @Test
  void aMapExistsFromItsFirstWrite() {
    OperatePlan plan = plan(active(), set("m", "k"));

    assertThat(plan.events()).containsExactly(new MapCreated(NOW, "m", 0));
    assertThat(plan.steps()).containsExactly(hand("m", List.of(0), set("m", "k")));
    assertThat(plan.outcomes()).containsExactly((Outcome) null);
  }

  @Test
  void withoutAMapThereIsNothingToReadOrToChange() {
    OperatePlan plan =
        plan(
            active(),
            new Operation.Get("m", Key.of("k")),
            new Operation.Delete("m", Key.of("k"), Operation.ANY, null),
            new Operation.Delete("m", Key.of("k"), 3, null),
            new Operation.Scan("m", Key.of(""), null, 10, true),
            new Operation.DropMap("m", null),
            set("m", "k", 3),
            set("m", "k", Operation.PRESENT));

    assertThat(plan.events()).isEmpty();
    assertThat(plan.steps()).isEmpty();
    assertThat(codes(plan))
        .containsExactly(
            ErrorCode.KEY_NOT_FOUND,
            ErrorCode.KEY_NOT_FOUND,
            ErrorCode.VERSION_MISMATCH,
            ErrorCode.MAP_NOT_FOUND,
            ErrorCode.MAP_NOT_FOUND,
            ErrorCode.VERSION_MISMATCH,
            ErrorCode.VERSION_MISMATCH);
  }

  @Test
  void aWriteThatMustFindNothingCreatesTheMap() {
    assertThat(plan(active(), set("m", "k", Operation.ABSENT)).events())
        .containsExactly(new MapCreated(NOW, "m", 0));
  }

  @Test
  void operationsOnOneMapKeepTheirOrderAndMapsDoNotMix() {
    Operation get = new Operation.Get("a", Key.of("k"));
    OperatePlan plan = plan(active(), get, set("a", "k"), set("b", "k"), get, set("b", "l"));

    assertThat(plan.events())
        .containsExactly(new MapCreated(NOW, "a", 0), new MapCreated(NOW, "b", 0));
    assertThat(codes(plan)).containsExactly(ErrorCode.KEY_NOT_FOUND);
    assertThat(plan.steps())
        .containsExactly(
            hand("a", List.of(1, 3), set("a", "k"), get),
            hand("b", List.of(2, 4), set("b", "k"), set("b", "l")));
  }

  @Test
  void aDroppedMapComesBackInItsStreamAsTheNextGeneration() {
    Present state = (Present) after(active(), new MapCreated(NOW, "m", 0));
    OperatePlan plan =
        plan(
            state,
            set("m", "a"),
            new Operation.DropMap("m", null),
            new Operation.Get("m", Key.of("a")),
            set("m", "b"));

    assertThat(plan.events())
        .containsExactly(new MapDropped(NOW, "m", 1, null), new MapCreated(NOW, "m", 1));
    assertThat(codes(plan)).containsExactly(ErrorCode.KEY_NOT_FOUND);
    assertThat(plan.steps())
        .containsExactly(
            hand("m", List.of(0), set("m", "a")),
            new OperatePlan.Drop("m", 1, 1),
            hand("m", List.of(3), set("m", "b")));
    Present changed = (Present) after(state, plan.events());
    assertThat(changed.tenant().maps()).containsEntry("m", new MapSlot(1, true, true));
    assertThat(((Present) after(changed, new MapCleared(NOW, "m", 1))).tenant().maps())
        .containsEntry("m", new MapSlot(1, true, false));
  }

  @Test
  void theCapOfMapsCountsThoseThatThisRequestCreatesAndDrops() {
    quotas = Quotas.builder().limit(Quota.MAPS, 2).build();
    OperatePlan plan =
        plan(
            active(),
            set("a", "k"),
            set("b", "k"),
            set("c", "k"),
            new Operation.DropMap("a", null),
            set("c", "k"));

    assertThat(codes(plan)).containsExactly(ErrorCode.QUOTA_EXCEEDED);
    assertThat(plan.events().stream().filter(MapCreated.class::isInstance).count()).isEqualTo(3);
  }

  @Test
  void whatACapRefusesIsNotAdmittedAndCreatesNothing() {
    account = new Account(-1, 3);
    OperatePlan plan = plan(active(), set("m", "long key"));

    assertThat(codes(plan)).containsExactly(ErrorCode.QUOTA_EXCEEDED);
    assertThat(plan.events()).isEmpty();
    assertThat(admitted).isEmpty();
  }

  @Test
  void whatTheRateRefusesIsRefusedAloneAndTheRestGoesOn() {
    admitting = 2;
    OperatePlan plan = plan(active(), set("m", "a"), set("m", "b"), set("m", "c"));

    assertThat(codes(plan)).containsExactly(ErrorCode.RATE_LIMITED);
    assertThat(plan.outcomes()[2]).isNotNull();
    assertThat(plan.steps())
        .containsExactly(hand("m", List.of(0, 1), set("m", "a"), set("m", "b")));
  }

  @Test
  void aRepeatedDropIsDoneOnce() {
    Present state = (Present) after(active(), new MapCreated(NOW, "m", 0));
    Operation drop = new Operation.DropMap("m", idempotency("k", "body"));
    Present dropped = (Present) after(state, plan(state, drop).events());
    OperatePlan again = plan(dropped, drop);

    assertThat(again.events()).isEmpty();
    assertThat(again.outcomes()).containsExactly(new Outcome.Removed());
    Operation other = new Operation.DropMap("n", idempotency("k", "another body"));
    assertThat(codes(plan(dropped, other))).containsExactly(ErrorCode.CONFLICT);
  }

  @Test
  void aListingIsAStepOfItsOwn() {
    assertThat(plan(active(), new Operation.ListMaps()).steps())
        .containsExactly(new OperatePlan.ListAll(0));
  }

  private OperatePlan plan(Present state, Operation... operations) {
    OperateRules.Gate gate =
        new OperateRules.Gate() {
          @Override
          public @Nullable Denial admit(Operation operation) {
            if (admitted.size() == admitting) {
              return new Denial("opsPerSecond", 2, 2, 10, false);
            }
            admitted.add(operation);
            return null;
          }

          @Override
          public @Nullable Denial room(long bytes) {
            return account.check(1, bytes);
          }
        };
    return new OperateRules(state.tenant(), at(NOW), quotas, gate, new Outcome[operations.length])
        .plan(List.of(operations));
  }

  private static List<ErrorCode> codes(OperatePlan plan) {
    List<ErrorCode> codes = new ArrayList<>();
    for (Outcome outcome : plan.outcomes()) {
      if (outcome instanceof Outcome.Refused refused) {
        codes.add(refused.refusal().code());
      }
    }
    return codes;
  }

  private static OperatePlan.Hand hand(
      String map, List<Integer> positions, Operation... operations) {
    List<Operation.OnMap> onMap = new ArrayList<>();
    for (Operation operation : operations) {
      onMap.add((Operation.OnMap) operation);
    }
    return new OperatePlan.Hand(map, positions, onMap);
  }

  private static final byte[] ONE = "1".getBytes(UTF_8);

  private static Operation set(String map, String key) {
    return set(map, key, Operation.ANY);
  }

  private static Operation set(String map, String key, long ifVersion) {
    return new Operation.Set(map, Key.of(key), ONE, ifVersion, Operation.FOREVER, null);
  }
}
