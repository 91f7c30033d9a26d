package io.atoll.tenant;

import static io.atoll.tenant.Tenants.NOW;
import static io.atoll.tenant.Tenants.active;
import static io.atoll.tenant.Tenants.after;
import static io.atoll.tenant.Tenants.at;
import static io.atoll.tenant.Tenants.createCommand;
import static io.atoll.tenant.Tenants.idempotency;
import static io.atoll.tenant.Tenants.nobody;
import static io.atoll.tenant.Tenants.refusal;
import static io.atoll.tenant.Tenants.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.map.Idempotency;
import io.atoll.refusal.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A promise is kept wherever an id stands in its life. */
class PromiseTest {
  private static final Idempotency PROMISE = idempotency("client", "body");
  private static final Idempotency BROKEN = idempotency("client", "other body");

  static List<TenantState> lives() {
    TenantState deleted = after(active(), new TenantEvent.TenantDeleted(NOW, 2, null));
    return List.of(
        TenantState.Absent.FIRST,
        active(),
        after(active(), new TenantEvent.TenantSuspended(NOW, 2)),
        deleted,
        after(deleted, new TenantEvent.PurgeStarted(NOW, null)));
  }

  @ParameterizedTest
  @MethodSource("lives")
  void itIsKeptOnceAndForOneRequest(TenantState before) {
    Decision first = promise(before, PROMISE, NOW);
    TenantState kept = after(before, first.events());

    assertThat(first.events()).hasSize(1);
    assertThat(reply(first)).isInstanceOf(TenantReply.Accepted.class);
    assertThat(kept).isInstanceOf(before.getClass());
    assertThat(promise(kept, PROMISE, NOW).events()).isEmpty();
    assertThat(reply(promise(kept, PROMISE, NOW))).isInstanceOf(TenantReply.Accepted.class);
    assertThat(refusal(promise(kept, BROKEN, NOW))).isEqualTo(ErrorCode.CONFLICT);
    assertThat(promise(kept, BROKEN, NOW + Receipt.LIFETIME_MS).events()).hasSize(1);
  }

  @Test
  void theTenantThatWasPromisedIsStillToBeMade() {
    TenantState kept =
        after(TenantState.Absent.FIRST, promise(TenantState.Absent.FIRST, PROMISE, NOW).events());
    Decision made = create(kept, PROMISE);

    assertThat(made.events()).singleElement().isInstanceOf(TenantEvent.TenantCreated.class);
    assertThat(create(after(kept, made.events()), PROMISE).answer())
        .isInstanceOf(Decision.DescribeCreated.class);
    assertThat(refusal(create(kept, BROKEN))).isEqualTo(ErrorCode.CONFLICT);
    assertThat(refusal(promise(after(kept, made.events()), BROKEN, NOW)))
        .isEqualTo(ErrorCode.CONFLICT);
  }

  private static Decision create(TenantState state, Idempotency promise) {
    return TenantRules.decide(
        state, createCommand(Tenants.FREE, promise), new io.atoll.quota.ActionLimits(), at(NOW));
  }

  private static Decision promise(TenantState state, Idempotency promise, long now) {
    return TenantRules.decide(
        state,
        new TenantCommand.Promise(promise, nobody()),
        new io.atoll.quota.ActionLimits(),
        at(now));
  }
}
