package io.atoll.http.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What every refusal of the listener looks like on the wire, whatever came before it. */
final class Problem {
  private static final Pattern HEADER = Pattern.compile("(?i)\r\nx-request-id: ([^\r]+)\r\n");
  private static final Pattern MEMBER = Pattern.compile("\"requestId\":\"([^\"]+)\"");

  private Problem() {}

  static void assertIn(String answer, int status, String code) {
    assertThat(answer)
        .startsWith("HTTP/1.1 " + status + " ")
        .containsIgnoringCase("\r\ncontent-type: application/problem+json\r\n")
        .contains("\"status\":" + status, "\"code\":\"" + code + "\"");
    assertThat(first(HEADER, answer)).isNotEmpty().isEqualTo(first(MEMBER, answer));
  }

  private static String first(Pattern pattern, String answer) {
    Matcher matcher = pattern.matcher(answer);
    return matcher.find() ? matcher.group(1) : "";
  }
}
