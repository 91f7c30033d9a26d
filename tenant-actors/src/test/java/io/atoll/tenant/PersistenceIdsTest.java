package io.atoll.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atoll.tenant.PersistenceIds.StreamId;
import io.atoll.tenant.PersistenceIds.StreamId.OfLedger;
import io.atoll.tenant.PersistenceIds.StreamId.OfMap;
import io.atoll.tenant.PersistenceIds.StreamId.OfTenant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersistenceIdsTest {
  @Test
  void idsHaveAStableForm() {
    assertThat(PersistenceIds.tenant("acme")).isEqualTo("tenant|acme");
    assertThat(PersistenceIds.ledger("acme", 3)).isEqualTo("ledger|acme|3");
    assertThat(PersistenceIds.map("acme", 3, "Users_1.a-b")).isEqualTo("map|acme|3|Users_1.a-b");
  }

  @Test
  void everyOtherCharacterIsPercentEncoded() {
    assertThat(PersistenceIds.map("a|b", 1, "%|/é\uD83D\uDE00\n"))
        .isEqualTo("map|a%7Cb|1|%25%7C%2F%C3%A9%F0%9F%98%80%0A");
  }

  @Test
  void aBarInANameMovesNothingIntoAnotherPart() {
    assertThat(PersistenceIds.map("a|1", 2, "b")).isNotEqualTo(PersistenceIds.map("a", 1, "2|b"));
    assertThat(PersistenceIds.tenant("a|1")).isNotEqualTo(PersistenceIds.ledger("a", 1));
    assertThat(PersistenceIds.map("a", 1, "")).isNotEqualTo(PersistenceIds.ledger("a", 1));
  }

  @Test
  void halfASurrogatePairHasNoId() {
    String half = String.valueOf((char) 0xD83D);
    assertThatThrownBy(() -> PersistenceIds.map("acme", 1, half))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(PersistenceIds.parse("tenant|" + half)).isEmpty();
  }

  @Test
  void idsReadBackAsWhatTheyName() {
    assertThat(PersistenceIds.parse("tenant|acme")).contains(new OfTenant("acme"));
    assertThat(PersistenceIds.parse("ledger|acme|3")).contains(new OfLedger("acme", 3));
    assertThat(PersistenceIds.parse("map|acme|3|a%7Cb")).contains(new OfMap("acme", 3, "a|b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "|",
        "tenant",
        "tenant|a|b",
        "ledger|a",
        "ledger|a|x",
        "ledger|a|01",
        "ledger|a|+1",
        "ledger|a|",
        "ledger|a|99999999999999999999",
        "map|a|1",
        "map|a|1|b|c",
        "topic|a",
        "Tenant|a",
        "tenant|a%",
        "tenant|a%7",
        "tenant|%7c",
        "tenant|%41",
        "tenant|%zz",
        "tenant|%FF",
        "tenant|é",
        "tenant|a b",
        "tenant2|a"
      })
  void noOtherTextIsAnId(String text) {
    assertThat(PersistenceIds.parse(text)).isEmpty();
  }

  @Property
  void anIdReadsBackAsItsParts(
      @ForAll("names") String tenantId, @ForAll long incarnation, @ForAll("names") String map) {
    assertThat(PersistenceIds.parse(PersistenceIds.map(tenantId, incarnation, map)))
        .contains(new OfMap(tenantId, incarnation, map));
    assertThat(PersistenceIds.parse(PersistenceIds.ledger(tenantId, incarnation)))
        .contains(new OfLedger(tenantId, incarnation));
    assertThat(PersistenceIds.parse(PersistenceIds.tenant(tenantId)))
        .contains(new OfTenant(tenantId));
  }

  @Property
  void whateverReadsAsAnIdIsTheIdOfWhatItReadsAs(@ForAll("idLike") String text) {
    PersistenceIds.parse(text).ifPresent(id -> assertThat(id.text()).isEqualTo(text));
  }

  @Test
  void aMillionOtherTriplesHaveOtherIds() {
    Random random = new Random(42);
    Map<String, StreamId> ids = new HashMap<>(2_000_000);
    for (int i = 0; i < 1_000_000; i++) {
      OfMap stream =
          new OfMap(awkward(random), random.nextInt(12), awkward(random) + awkward(random));
      assertThat(ids.merge(stream.text(), stream, (old, same) -> old)).isEqualTo(stream);
    }
    assertThat(ids).hasSizeGreaterThan(1000);
  }

  private static String awkward(Random random) {
    String alphabet = "a1|%7C.-_/é";
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(5); length > 0; length--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.oneOf(
        Arbitraries.strings().withChars("aA0-_.|%/ é").ofMaxLength(12),
        Arbitraries.strings().ofMaxLength(12).filter(PersistenceIdsTest::isSound));
  }

  private static boolean isSound(String text) {
    return text.codePoints().noneMatch(point -> Character.getType(point) == Character.SURROGATE);
  }

  @Provide
  Arbitrary<String> idLike() {
    Arbitrary<String> tail = Arbitraries.strings().withChars("a1|%7C2Fé").ofMaxLength(10);
    return Arbitraries.of("tenant|", "ledger|", "map|").flatMap(kind -> tail.map(kind::concat));
  }
}
