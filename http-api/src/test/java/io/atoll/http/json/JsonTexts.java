package io.atoll.http.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random JSON, well-formed and nearly so. */
public final class JsonTexts {
  private static final List<String> SCALARS =
      List.of(
          "0",
          "-0",
          "7",
          "-12.50",
          "1e400",
          "1E+2",
          "0.1e-7",
          "true",
          "false",
          "null",
          "\"\"",
          "\"text\"",
          "\"\\u0041\\n\\\"\\/\"",
          "\"\\ud83d\\ude00\"",
          "\"é€😀\"",
          "\"{[,:\"");
  private static final List<String> NAMES = List.of("a", "b", "\\u0061", "é", "", "name", "id");
  private static final List<String> SPACES = List.of("", " ", "\n", "\t \r");
  private static final byte[] SPICE = {
    '"',
    '\\',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '0',
    '.',
    'e',
    '-',
    't',
    'u',
    ' ',
    0x00,
    0x1F,
    0x7F,
    (byte) 0x80,
    (byte) 0xC0,
    (byte) 0xED,
    (byte) 0xA0,
    (byte) 0xF4,
    (byte) 0xFF
  };

  private JsonTexts() {}

  /** Well-formed values of every kind; objects may have a member twice. */
  public static Arbitrary<String> values() {
    return values(3);
  }

  private static Arbitrary<String> values(int depth) {
    Arbitrary<String> scalars = Arbitraries.of(SCALARS);
    if (depth == 0) {
      return scalars;
    }
    Arbitrary<String> inner = Arbitraries.lazy(() -> values(depth - 1));
    return Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(3, scalars),
        net.jqwik.api.Tuple.of(1, container(inner, "[", "]")),
        net.jqwik.api.Tuple.of(2, container(members(inner), "{", "}")));
  }

  private static Arbitrary<String> members(Arbitrary<String> values) {
    Arbitrary<String> names =
        Arbitraries.oneOf(
            Arbitraries.of(NAMES), Arbitraries.integers().between(0, 99).map(n -> "n" + n));
    return Combinators.combine(names, Arbitraries.of(SPACES), values)
        .as((name, space, value) -> "\"" + name + "\"" + space + ":" + space + value);
  }

  private static Arbitrary<String> container(Arbitrary<String> items, String open, String close) {
    return Combinators.combine(items.list().ofMaxSize(22), Arbitraries.of(SPACES))
        .as((list, space) ->
            list.stream()
                .map(item -> space + item + space)
                .collect(Collectors.joining(",", open + space, close)));
  }

  /** A text with a byte put in, taken out, changed or with its end cut off. */
  public static Arbitrary<byte[]> mutated(Arbitrary<String> texts) {
    return Combinators.combine(
            texts,
            Arbitraries.integers().between(0, 3),
            Arbitraries.doubles().between(0, 1),
            Arbitraries.integers().between(0, SPICE.length - 1))
        .as((text, kind, place, spice) -> mutate(text.getBytes(UTF_8), kind, place, SPICE[spice]));
  }

  private static byte[] mutate(byte[] text, int kind, double place, byte spice) {
    int at = (int) (place * Math.max(0, text.length - 1));
    return switch (kind) {
      case 0 -> joined(text, at, new byte[] {spice}, at);
      case 1 -> joined(text, at, new byte[0], Math.min(text.length, at + 1));
      case 2 -> joined(text, at, new byte[] {spice}, Math.min(text.length, at + 1));
      default -> Arrays.copyOf(text, at);
    };
  }

  private static byte[] joined(byte[] text, int head, byte[] middle, int tail) {
    byte[] result = new byte[head + middle.length + text.length - tail];
    System.arraycopy(text, 0, result, 0, head);
    System.arraycopy(middle, 0, result, head, middle.length);
    System.arraycopy(text, tail, result, head + middle.length, text.length - tail);
    return result;
  }
}
