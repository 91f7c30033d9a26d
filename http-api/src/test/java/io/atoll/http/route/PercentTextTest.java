package io.atoll.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PercentTextTest {
  @Property
  void whatIsEncodedIsDecodedOnce(@ForAll String text) {
    String sound = text.replaceAll("\\p{Cs}", "?");

    assertThat(PercentText.decode(encoded(sound))).hasValue(sound);
    assertThat(PercentText.decode(encoded(encoded(sound)))).hasValue(encoded(sound));
  }

  @ParameterizedTest
  @CsvSource({"a+b, a+b", "%2b, +", "%2F.., /..", "%252e, %2e", "'a;b=c', 'a;b=c'", "%C3%A9, é"})
  void nothingElseIsChanged(String raw, String text) {
    assertThat(PercentText.decode(raw)).hasValue(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "%4", "a%zz", "%+1", "%-1", "%FF", "%C3", "%C0%80", "%ED%A0%80"})
  void whatIsNoEncodingOfTextIsRefused(String raw) {
    assertThat(PercentText.decode(raw)).isEmpty();
  }

  private static String encoded(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
      encoded.append("%%%02X".formatted(one));
    }
    return encoded.toString();
  }
}
