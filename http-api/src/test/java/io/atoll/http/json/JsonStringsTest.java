package io.atoll.http.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class JsonStringsTest {
  private static final ObjectMapper JACKSON = new ObjectMapper();

  @Property
  void readsWhatJacksonWrote(@ForAll String content) throws JsonProcessingException {
    byte[] quoted = JACKSON.writeValueAsBytes(content.replaceAll("\\p{Cs}", "?"));

    assertThat(JsonStrings.unescape(quoted, 1, quoted.length - 1))
        .isEqualTo(content.replaceAll("\\p{Cs}", "?").getBytes(UTF_8));
  }

  @Test
  void readsEveryEscape() {
    assertThat(unescaped("a\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00é"))
        .isEqualTo("a\"\\/\b\f\n\r\té😀é".getBytes(UTF_8));
  }

  @Test
  void halfASurrogatePairIsNoText() {
    assertThat(unescaped("a\\ud83d")).isNull();
    assertThat(unescaped("\\ude00\\ud83d")).isNull();
  }

  private static byte[] unescaped(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return JsonStrings.unescape(bytes, 0, bytes.length);
  }
}
