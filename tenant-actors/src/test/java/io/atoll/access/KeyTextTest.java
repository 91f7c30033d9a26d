package io.atoll.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTextTest {
  private static final String ID = "0123456789Ab";
  private static final String SECRET = "s".repeat(43);

  private static GeneratedKey generate(long seed, String tenantId, KeyMode mode) {
    KeySpec spec = new KeySpec("name", mode, Set.of(Scope.READ), 0, ApiKey.NEVER);
    return ApiKeys.generate(new Random(seed), tenantId, spec);
  }

  @Test
  void aKeyNamesItsTenantAndId() {
    ParsedKey parsed =
        KeyText.parse(KeyText.format(KeyMode.TEST, "acme", ID, SECRET)).orElseThrow();
    assertThat(parsed.mode()).isEqualTo(KeyMode.TEST);
    assertThat(parsed.tenantId()).isEqualTo("acme");
    assertThat(parsed.keyId()).isEqualTo(ID);
    assertThat(parsed.secret()).asString().isEqualTo(SECRET);
  }

  @Test
  void theFormOfAKeyIsKept() {
    assertThat(KeyText.format(KeyMode.LIVE, "acme", ID, SECRET))
        .isEqualTo("atl_live_acme_0123456789Ab_" + SECRET + "1LVpo7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "atl_live_",
        "atl_live_acme",
        "sk_live_acme_x",
        "atl_prod_acme_x",
        "Bearer x",
        "atl_live_acme_0123456789Ab_tooShort"
      })
  void theseAreNotKeys(String text) {
    assertThat(KeyText.parse(text)).isEmpty();
  }

  @Test
  void aTextOfTheRightLengthNeedsTheRightBeginning() {
    String text = KeyText.format(KeyMode.LIVE, "acme", ID, SECRET);
    assertThat(KeyText.parse(text.replace("atl_live", "atl_prod"))).isEmpty();
    assertThat(KeyText.isKeyLike(text)).isTrue();
    assertThat(KeyText.isKeyLike("atl_test_")).isTrue();
    assertThat(KeyText.isKeyLike("eyJhbGciOi")).isFalse();
  }

  @Test
  void aRightChecksumDoesNotHelpAWrongTenantIdOrSecret() {
    assertThat(KeyText.parse(KeyText.format(KeyMode.LIVE, "Acme", ID, SECRET))).isEmpty();
    assertThat(KeyText.parse(KeyText.format(KeyMode.LIVE, "a_b", ID, SECRET))).isEmpty();
    assertThat(KeyText.parse(KeyText.format(KeyMode.LIVE, "acme", "0123456789A_", SECRET)))
        .isEmpty();
    assertThat(KeyText.parse(KeyText.format(KeyMode.LIVE, "acme", ID, "-".repeat(43)))).isEmpty();
  }

  @Test
  void theDividersAreWhereTheyBelong() {
    String text = KeyText.format(KeyMode.LIVE, "acme", ID, SECRET);
    int divider = text.indexOf('_', 9);
    assertThat(KeyText.parse(text.substring(0, divider) + "x" + text.substring(divider + 1)))
        .isEmpty();
  }

  @Test
  void aWrongChecksumIsNoKey() {
    String text = KeyText.format(KeyMode.LIVE, "acme", ID, SECRET);
    assertThat(KeyText.parse(text.substring(0, text.length() - 6) + "zzzzzz")).isEmpty();
    assertThat(KeyText.parse(text.substring(0, text.length() - 6) + "000000")).isEmpty();
  }

  @Test
  void aTextOfAnyOtherLengthIsNoKey() {
    String longest = KeyText.format(KeyMode.LIVE, "a".repeat(63), ID, SECRET);
    assertThat(longest).hasSize(KeyText.MAX_LENGTH);
    assertThat(KeyText.parse(longest)).isPresent();
    assertThat(KeyText.parse(KeyText.format(KeyMode.LIVE, "a".repeat(64), ID, SECRET))).isEmpty();
    assertThat(KeyText.parse(KeyText.format(KeyMode.LIVE, "", ID, SECRET))).isEmpty();
    assertThat(KeyText.parse("atl_live_" + "a".repeat(1 << 20))).isEmpty();
  }

  @Property
  void aKeyReadsBackAsItWasMade(
      @ForAll("tenantIds") String tenantId, @ForAll KeyMode mode, @ForAll long seed) {
    GeneratedKey made = generate(seed, tenantId, mode);
    ParsedKey parsed = KeyText.parse(made.text()).orElseThrow();
    assertThat(parsed.tenantId()).isEqualTo(tenantId);
    assertThat(parsed.mode()).isEqualTo(mode);
    assertThat(parsed.keyId()).isEqualTo(made.key().id());
    assertThat(made.key().matches(parsed.secret())).isTrue();
  }

  @Property
  void noOtherCharacterAnywherePassesForTheKey(
      @ForAll("tenantIds") String tenantId,
      @ForAll long seed,
      @ForAll @IntRange(max = 200) int position,
      @ForAll char other) {
    GeneratedKey made = generate(seed, tenantId, KeyMode.LIVE);
    int at = position % made.text().length();
    String changed = made.text().substring(0, at) + other + made.text().substring(at + 1);
    if (!changed.equals(made.text())) {
      assertThat(KeyText.parse(changed)).isEmpty();
    }
  }

  @Test
  void noOtherLetterAtAnyPlacePassesForTheKey() {
    String text = generate(7, "acme-1", KeyMode.LIVE).text();
    for (int at = 0; at < text.length(); at++) {
      for (char other = ' '; other <= 0xFF; other++) {
        String changed = text.substring(0, at) + other + text.substring(at + 1);
        assertThat(KeyText.parse(changed).isPresent()).isEqualTo(changed.equals(text));
      }
    }
  }

  @Property
  void whateverParsesIsTheTextOfItsParts(@ForAll("texts") String text) {
    Optional<ParsedKey> parsed = KeyText.parse(text);
    parsed.ifPresent(key ->
        assertThat(
                KeyText.format(
                    key.mode(), key.tenantId(), key.keyId(), new String(key.secret(), US_ASCII)))
            .isEqualTo(text));
  }

  @Test
  void parsedKeysAreEqualByTheirParts() {
    String text = KeyText.format(KeyMode.LIVE, "acme", ID, SECRET);
    ParsedKey key = KeyText.parse(text).orElseThrow();
    ParsedKey same = KeyText.parse(text).orElseThrow();
    assertThat(key).isEqualTo(same).hasSameHashCodeAs(same);
    assertThat(key).isNotEqualTo(text);
    byte[] secret = key.secret();
    assertThat(key).isNotEqualTo(new ParsedKey(KeyMode.TEST, "acme", ID, secret));
    assertThat(key).isNotEqualTo(new ParsedKey(KeyMode.LIVE, "other", ID, secret));
    assertThat(key).isNotEqualTo(new ParsedKey(KeyMode.LIVE, "acme", "other", secret));
    assertThat(key).isNotEqualTo(new ParsedKey(KeyMode.LIVE, "acme", ID, new byte[1]));
  }

  @Test
  void aParsedKeyKeepsItsSecretToItself() {
    ParsedKey key = KeyText.parse(KeyText.format(KeyMode.LIVE, "acme", ID, SECRET)).orElseThrow();
    key.secret()[0] = 0;
    assertThat(key.secret()).asString().isEqualTo(SECRET);
    assertThat(key.toString()).contains("acme", ID).doesNotContain(SECRET);
  }

  @Provide
  Arbitrary<String> tenantIds() {
    Arbitrary<Integer> lengths = Arbitraries.integers().between(1, 63);
    return Combinators.combine(Arbitraries.longs(), lengths).as(KeyTextTest::tenantId);
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> tails =
        Arbitraries.strings().withChars("_-aA0").ofMinLength(60).ofMaxLength(130);
    Arbitrary<String> made =
        Combinators.combine(tenantIds(), Arbitraries.longs())
            .as((tenantId, seed) -> generate(seed, tenantId, KeyMode.TEST).text());
    return Arbitraries.oneOf(tails.map(tail -> "atl_live_" + tail), made);
  }

  private static String tenantId(long seed, int length) {
    String alphabet = "abcdefghijklmnopqrstuvwxyz0123456789-";
    Random random = new Random(seed);
    StringBuilder id = new StringBuilder();
    while (id.length() < length) {
      boolean atAnEnd = id.isEmpty() || id.length() == length - 1;
      id.append(alphabet.charAt(random.nextInt(alphabet.length() - (atAnEnd ? 1 : 0))));
    }
    return id.toString();
  }
}
