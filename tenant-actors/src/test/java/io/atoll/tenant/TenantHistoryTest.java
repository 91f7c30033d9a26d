package io.atoll.tenant;

import static io.atoll.tenant.Tenants.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.access.KeyMode;
import io.atoll.access.Scope;
import io.atoll.quota.ActionLimits;
import io.atoll.tenant.TenantEvent.MapCleared;
import io.atoll.tenant.TenantEvent.MapCreated;
import io.atoll.tenant.TenantEvent.MapDropped;
import io.atoll.tenant.TenantEvent.TenantListed;
import io.atoll.tenant.TenantEvent.TenantPurged;
import io.atoll.tenant.TenantEvent.TenantUsed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TenantHistoryTest {
  private static final int HISTORIES = 200;
  private static final int COMMANDS = 60;

  @Test
  void stateRebuiltFromEventsOrFromASnapshotAndATailEqualsLiveState() {
    TenantSerializer serializer = new TenantSerializer();
    for (int seed = 0; seed < HISTORIES; seed++) {
      Random random = new Random(seed);
      List<TenantEvent> events = new ArrayList<>();
      TenantState live = TenantState.Absent.FIRST;
      TenantState snapshot = live;
      int snapshotAt = 0;
      for (int i = 0; i < COMMANDS; i++) {
        List<TenantEvent> decided = decide(live, random, NOW + i * 1_000L);
        live = Tenants.after(live, decided);
        events.addAll(decided);
        if (random.nextInt(20) == 0) {
          byte[] bytes = serializer.toBinary(live);
          snapshot = (TenantState) serializer.fromBinary(bytes, TenantStateCodec.MANIFEST);
          snapshotAt = events.size();
        }
      }

      assertThat(shown(Tenants.after(TenantState.Absent.FIRST, stored(serializer, events))))
          .as("history %d", seed)
          .isEqualTo(shown(live));
      List<TenantEvent> tail = events.subList(snapshotAt, events.size());
      assertThat(shown(Tenants.after(snapshot, tail))).isEqualTo(shown(live));
    }
  }

  @Test
  void anEventThatDoesNotFitLeavesTheStateAsItIs() {
    assertThat(Tenants.after(Tenants.active(), new TenantPurged(NOW))).isEqualTo(Tenants.active());
    assertThat(Tenants.after(TenantState.Absent.FIRST, new MapCreated(NOW, "m", 0)))
        .isEqualTo(TenantState.Absent.FIRST);
  }

  /** What a random command, or something that the actor writes by itself, leads to. */
  private static List<TenantEvent> decide(TenantState state, Random random, long now) {
    Situation situation = Tenants.at(now);
    if (state instanceof TenantState.Purging && random.nextBoolean()) {
      return List.of(new TenantPurged(now));
    }
    if (state instanceof TenantState.Present present && random.nextInt(3) == 0) {
      return List.of(own(present.tenant(), random, now));
    }
    return TenantRules.decide(state, command(random), new ActionLimits(), situation).events();
  }

  private static TenantEvent own(Tenant tenant, Random random, long now) {
    String map = "m" + random.nextInt(3);
    MapSlot slot = tenant.maps().getOrDefault(map, MapSlot.NEW);
    return switch (random.nextInt(5)) {
      case 0 -> new TenantListed(now, tenant.version());
      case 1 -> new TenantUsed(now, Map.of("nobody", now));
      case 2 -> new MapCreated(now, map, slot.generation());
      case 3 -> new MapDropped(now, map, slot.generation() + 1, null);
      default -> new MapCleared(now, map, slot.generation());
    };
  }

  private static TenantCommand.Managed command(Random random) {
    var nobody = Tenants.nobody();
    var idempotency =
        random.nextBoolean() ? null : Tenants.idempotency("k" + random.nextInt(9), "body");
    return switch (random.nextInt(10)) {
      case 0, 1 -> new TenantCommand.Create(Tenants.FREE, idempotency, nobody);
      case 2 -> Tenants.update(Tenants.patchName("n" + random.nextInt(5)), -1);
      case 3 ->
          Tenants.update(
              Tenants.patchStatus(
                  random.nextBoolean() ? TenantStatus.ACTIVE : TenantStatus.SUSPENDED),
              -1);
      case 4 ->
          random.nextInt(3) == 0
              ? new TenantCommand.Remove(random.nextBoolean(), idempotency, nobody)
              : Tenants.update(Tenants.patchPlan("pro"), -1);
      case 5 ->
          new TenantCommand.MakeKey("ci", Scope.DEFAULT, KeyMode.TEST, -1, idempotency, nobody);
      case 6 -> new TenantCommand.UseAction("eligibility", 1, idempotency, nobody);
      case 7 -> new TenantCommand.UseAction("sync", 1, idempotency, nobody);
      case 8 -> new TenantCommand.ResetAction("sync", nobody);
      default -> Tenants.endOf("m" + random.nextInt(5));
    };
  }

  private static List<TenantEvent> stored(TenantSerializer serializer, List<TenantEvent> events) {
    return events.stream()
        .map(event ->
            (TenantEvent)
                serializer.fromBinary(serializer.toBinary(event), TenantEventCodec.manifest(event)))
        .toList();
  }

  /** The state as its snapshot's tree: what is equal there is equal in all that is kept. */
  private static String shown(TenantState state) {
    return TenantStateCodec.write(state).toString();
  }
}
