package io.atoll.http.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonScannerTest {
  @Property
  void takesWhatJacksonTakes(@ForAll("values") String text) {
    assertThat(check(text) == null)
        .isEqualTo(JsonOracle.isJsonWithoutDuplicates(text.getBytes(UTF_8)));
  }

  @Property(tries = 2000)
  void agreesWithJacksonOnNearlyJson(@ForAll("mutated") byte[] text) {
    JsonProblem problem = JsonScanner.check(text, 0, text.length);

    assertThat(problem != JsonProblem.MALFORMED).isEqualTo(JsonOracle.isJson(text));
    assertThat(problem == null).isEqualTo(JsonOracle.isJsonWithoutDuplicates(text));
  }

  @Property(tries = 2000)
  void agreesWithTheDecoderOnUtf8(@ForAll byte[] content) {
    byte[] text = ("\"" + new String(content, ISO_8859_1) + "\"").getBytes(ISO_8859_1);
    for (int at = 1; at < text.length - 1; at++) {
      if (text[at] >= 0) {
        text[at] = 'x';
      }
    }

    assertThat(check(text) == null).isEqualTo(JsonOracle.isUtf8(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[1,]",
        "{\"a\":1,}",
        "{\"a\"}",
        "{a:1}",
        "[1 2]",
        "01",
        "-",
        "1.",
        ".5",
        "1e",
        "+1",
        "tru",
        "nul",
        "truex",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\t\"",
        "'a'",
        "1 2",
        "[}",
        "{]",
        "NaN",
        "// c\n1",
        "\"open"
      })
  void refusesWhatIsNotJson(String text) {
    assertThat(check(text)).isEqualTo(JsonProblem.MALFORMED);
  }

  @Test
  void allows128LevelsAndNoMore() {
    assertThat(check("[".repeat(128) + "]".repeat(128))).isNull();
    assertThat(check("{\"a\":".repeat(128) + "1" + "}".repeat(128))).isNull();
    assertThat(check("[".repeat(129) + "]".repeat(129))).isEqualTo(JsonProblem.TOO_DEEP);
    assertThat(check("{\"a\":".repeat(129) + "1" + "}".repeat(129)))
        .isEqualTo(JsonProblem.TOO_DEEP);
  }

  @Test
  void aMillionLevelsAreRefusedWithoutAStackOverflow() {
    assertThat(check("[".repeat(1_000_000) + "]".repeat(1_000_000)))
        .isEqualTo(JsonProblem.TOO_DEEP);
    assertThat(check("[".repeat(1_000_000))).isEqualTo(JsonProblem.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"a\":2}",
        "[{\"b\":{\"a\":1,\"c\":2,\"a\":3}}]",
        "{\"a\":1,\"\\u0061\":2}"
      })
  void refusesAMemberNamedTwice(String text) {
    assertThat(check(text)).isEqualTo(JsonProblem.DUPLICATE_MEMBER);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 15, 16, 17, 1000})
  void findsTheLastMemberToBeTheFirstAgain(int members) {
    String distinct =
        IntStream.range(0, members)
            .mapToObj(n -> "\"m" + n + "\":" + n)
            .collect(Collectors.joining(","));

    assertThat(check("{" + distinct + "}")).isNull();
    assertThat(check("{" + distinct + ",\"m0\":0}")).isEqualTo(JsonProblem.DUPLICATE_MEMBER);
  }

  @Test
  void theSameNameInTwoObjectsIsNoDuplicate() {
    assertThat(check("{\"a\":{\"a\":[{\"a\":1},{\"a\":2}]},\"b\":{\"a\":1}}")).isNull();
  }

  @Test
  void valuesAfterATooDeepOneAreJudgedAlone() {
    JsonScanner scanner = new JsonScanner();
    byte[] deep = ("[".repeat(200) + "]".repeat(200) + "{\"a\":1}").getBytes(UTF_8);
    scanner.open(deep, deep.length);

    int second = scanner.skipValue(0);
    assertThat(scanner.problem()).isEqualTo(JsonProblem.TOO_DEEP);
    assertThat(scanner.skipValue(second)).isEqualTo(deep.length);
    assertThat(scanner.problem()).isNull();
  }

  @Provide
  Arbitrary<String> values() {
    return JsonTexts.values();
  }

  @Provide
  Arbitrary<byte[]> mutated() {
    return JsonTexts.mutated(JsonTexts.values());
  }

  private static JsonProblem check(String text) {
    return check(text.getBytes(UTF_8));
  }

  private static JsonProblem check(byte[] text) {
    return JsonScanner.check(text, 0, text.length);
  }
}
