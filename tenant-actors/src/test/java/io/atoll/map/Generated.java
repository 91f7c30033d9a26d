package io.atoll.map;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.atoll.plan.Tier;
import io.atoll.quota.Denial;
import io.atoll.quota.RateStatus;
import io.atoll.refusal.ErrorCode;
import io.atoll.refusal.Refusal;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Operations and what becomes of them, of every shape. */
public final class Generated {
  private Generated() {}

  /** Operations of one request. */
  public static Arbitrary<List<Operation>> operations() {
    return operation().list().ofMaxSize(40);
  }

  /** A promise of a client, or none. */
  public static Arbitrary<Idempotency> promises() {
    return Combinators.combine(texts(), texts()).as(Idempotency::new).injectNull(0.5);
  }

  /** Texts of any characters that UTF-8 has. */
  public static Arbitrary<String> texts() {
    return Arbitraries.strings().ofMaxLength(40).filter(Generated::isUtf8);
  }

  /** Numbers of any size. */
  public static Arbitrary<Long> numbers() {
    return Arbitraries.longs();
  }

  static Arbitrary<OperateReply> replies() {
    Arbitrary<OperateReply> outcomes =
        Combinators.combine(
                texts(),
                numbers(),
                outcome().list().ofMaxSize(40),
                Arbitraries.of(Tier.class),
                rates())
            .as((tenantId, correlation, list, tier, rate) ->
                new OperateReply.Outcomes(
                    tenantId, correlation, positions(list.size()), list, tier, rate));
    Arbitrary<OperateReply> rejected =
        Combinators.combine(texts(), numbers(), refusals(), rates().injectNull(0.5))
            .as(OperateReply.Rejected::new);
    return Arbitraries.oneOf(outcomes, rejected);
  }

  static Arbitrary<Refusal> refusals() {
    Arbitrary<Denial> denials =
        Combinators.combine(texts(), numbers(), numbers(), numbers(), Arbitraries.of(true, false))
            .as(Denial::new);
    return Combinators.combine(Arbitraries.of(ErrorCode.class), texts(), denials.injectNull(0.5))
        .as(Refusal::new);
  }

  private static Arbitrary<RateStatus> rates() {
    return Combinators.combine(numbers(), numbers(), numbers(), numbers()).as(RateStatus::new);
  }

  private static Arbitrary<Operation> operation() {
    return Arbitraries.oneOf(
        Combinators.combine(maps(), keys()).as(Operation.Get::new),
        Combinators.combine(maps(), keys(), bytes(), numbers(), numbers(), promises())
            .as(Operation.Set::new),
        Combinators.combine(maps(), keys(), numbers(), promises()).as(Operation.Delete::new),
        Combinators.combine(
                maps(),
                keys(),
                keys().injectNull(0.5),
                Arbitraries.integers(),
                Arbitraries.of(true, false))
            .as(Operation.Scan::new),
        Arbitraries.just(new Operation.ListMaps()),
        Combinators.combine(maps(), promises()).as(Operation.DropMap::new));
  }

  private static Arbitrary<Outcome> outcome() {
    return Arbitraries.oneOf(
        Combinators.combine(numbers(), Arbitraries.of(true, false)).as(Outcome.Written::new),
        Combinators.combine(bytes(), numbers()).as(Outcome.Found::new),
        Arbitraries.just(new Outcome.Removed()),
        Combinators.combine(items().list().ofMaxSize(5), keys().injectNull(0.5))
            .as(Outcome.Scanned::new),
        Combinators.combine(texts(), numbers(), numbers())
            .as(Outcome.MapSize::new)
            .list()
            .ofMaxSize(5)
            .map(Outcome.MapsListed::new),
        refusals().map(Outcome.Refused::new));
  }

  private static Arbitrary<Outcome.Item> items() {
    return Combinators.combine(keys(), bytes().injectNull(0.5), numbers()).as(Outcome.Item::new);
  }

  /** Few names, so that neighbours share one. */
  private static Arbitrary<String> maps() {
    return Arbitraries.of("", "m", "users", "\u00e9t\u00e9");
  }

  private static Arbitrary<Key> keys() {
    return bytes().map(Key::of);
  }

  private static Arbitrary<byte[]> bytes() {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(200);
  }

  private static int[] positions(int count) {
    int[] positions = new int[count];
    for (int i = 0; i < count; i++) {
      positions[i] = 3 * i;
    }
    return positions;
  }

  private static boolean isUtf8(String text) {
    return UTF_8.newEncoder().canEncode(text);
  }
}
