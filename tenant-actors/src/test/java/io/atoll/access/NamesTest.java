package io.atoll.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  private static final String HALF_HIGH = String.valueOf((char) 0xD83D);
  private static final String HALF_LOW = String.valueOf((char) 0xDE00);

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "7", "acme", "a-b", "0-0", "a--b", "00000000-0000-0000-0000-000000000000"})
  void theseAreTenantIds(String text) {
    assertThat(TenantId.isValid(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "-a",
        "a-",
        "A",
        "a_b",
        "a.b",
        "a b",
        " a",
        "a\n",
        "a\0",
        "..",
        "../x",
        "a/b",
        "a|b",
        "%61",
        "а",
        "é",
        "ａ",
        "1' OR '1'='1",
        "'; DROP TABLE tenants; --",
        "a/*",
        "x UNION SELECT 1",
        "[\"a\"]",
        "{a}",
        "null\u0000",
        "\u202Ea",
        "a\u200D"
      })
  void theseAreNotTenantIds(String text) {
    assertThat(TenantId.isValid(text)).isFalse();
  }

  @Test
  void aTenantIdHasUpTo63Characters() {
    assertThat(TenantId.isValid("a".repeat(63))).isTrue();
    assertThat(TenantId.isValid("a".repeat(64))).isFalse();
    assertThat(TenantId.isValid("a".repeat(64 << 10))).isFalse();
  }

  @Test
  void generatedTenantIdsAreValidAndDiffer() {
    SecureRandom random = new SecureRandom();
    Set<String> ids =
        IntStream.range(0, 1000)
            .mapToObj(i -> TenantId.generate(random))
            .collect(Collectors.toSet());
    assertThat(ids).hasSize(1000).allMatch(TenantId::isValid).allMatch(id -> id.length() == 20);
  }

  @ParameterizedTest
  @ValueSource(strings = {"users", "Users", "a.b", "_", "-", "..", "0", "A_b-c.D"})
  void theseAreMapNames(String text) {
    assertThat(MapName.isValid(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "a b", "a|b", "a%", "ü", "а", "a\n", "a\0", "\u202E", "a:b"})
  void theseAreNotMapNames(String text) {
    assertThat(MapName.isValid(text)).isFalse();
  }

  @Test
  void aMapNameHasUpTo128Characters() {
    assertThat(MapName.isValid("m".repeat(128))).isTrue();
    assertThat(MapName.isValid("m".repeat(129))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "k",
        "a/b",
        "..",
        ".",
        "../x",
        "..%2f..%2f",
        "?#;% +",
        "\u00E9",
        "e\u0301",
        "\uFF41",
        "\uD83D\uDE00",
        "\u202E",
        "\u200D",
        "\u00A0",
        "\uFFFF"
      })
  void theseAreKeys(String text) {
    assertThat(EntryKey.isValid(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\0", "a\n", "\r\nX: y", "\u001F", "\u007F", "\u0080", "\u009F", "a\tb"})
  void theseAreNotKeys(String text) {
    assertThat(EntryKey.isValid(text)).isFalse();
  }

  @Test
  void halfASurrogatePairIsNoKey() {
    assertThat(EntryKey.isValid(HALF_HIGH)).isFalse();
    assertThat(EntryKey.isValid("a" + HALF_LOW + "b")).isFalse();
    assertThat(EntryKey.isValid(HALF_LOW + HALF_HIGH)).isFalse();
    assertThat(EntryKey.isValid(HALF_HIGH + HALF_LOW)).isTrue();
  }

  @Test
  void aKeyHasUpTo512BytesOfUtf8() {
    assertThat(EntryKey.isValid("k".repeat(512))).isTrue();
    assertThat(EntryKey.isValid("k".repeat(513))).isFalse();
    assertThat(EntryKey.isValid("\u00E9".repeat(256))).isTrue();
    assertThat(EntryKey.isValid("\u00E9".repeat(256) + "k")).isFalse();
    assertThat(EntryKey.isValid("\u20AC".repeat(170) + "kk")).isTrue();
    assertThat(EntryKey.isValid("\u20AC".repeat(171))).isFalse();
    assertThat(EntryKey.isValid("\uD83D\uDE00".repeat(128))).isTrue();
    assertThat(EntryKey.isValid("\uD83D\uDE00".repeat(128) + "k")).isFalse();
  }

  @Test
  void thePrefixOfAllKeysIsEmpty() {
    assertThat(EntryKey.isValidPrefix("")).isTrue();
    assertThat(EntryKey.isValidPrefix("a/")).isTrue();
    assertThat(EntryKey.isValidPrefix("a\n")).isFalse();
    assertThat(EntryKey.isValidPrefix("k".repeat(513))).isFalse();
  }

  @Property
  void aKeyHasTheBytesThatJavaCounts(@ForAll String text) {
    byte[] bytes = text.getBytes(UTF_8);
    boolean sound = new String(bytes, UTF_8).equals(text);
    boolean printable = text.chars().noneMatch(Character::isISOControl);
    boolean sized = bytes.length >= 1 && bytes.length <= 512;
    assertThat(EntryKey.isValid(text)).isEqualTo(sound && printable && sized);
  }

  @Test
  void scopesAndModesAreFoundByName() {
    assertThat(Scope.byName("read")).contains(Scope.READ);
    assertThat(Scope.byName("READ")).isEmpty();
    assertThat(Scope.ADMIN.apiName()).isEqualTo("admin");
    assertThat(Scope.DEFAULT).containsExactlyInAnyOrder(Scope.READ, Scope.WRITE);
    assertThat(KeyMode.byName("test")).contains(KeyMode.TEST);
    assertThat(KeyMode.byName("")).isEmpty();
    assertThat(KeyMode.LIVE.apiName()).isEqualTo("live");
  }
}
