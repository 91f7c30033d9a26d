package io.atoll.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntryRoutesTest {
  private static EdgeFixture edge;
  private static EdgeClient acme;

  @BeforeAll
  static void open() throws IOException {
    edge = EdgeFixture.open();
    acme = edge.as(edge.admin().tenantWithKey("acme", "enterprise", "[\"read\",\"write\"]"));
  }

  @AfterAll
  static void close() {
    edge.close();
  }

  @Test
  void whatIsPutIsGotByteForByte() throws IOException {
    String value = "{\"n\": 1.50e+3, \"s\":\"\\u0041\\/é\", \"big\":12345678901234567890123}";
    var put = acme.put("/v1/maps/users/entries/u1", value);
    assertThat(put.status()).isEqualTo(201);
    assertThat(put.text()).isEqualTo("{\"key\":\"u1\",\"version\":1}");
    assertThat(put.header("ETag")).isEqualTo("\"1\"");
    var got = acme.get("/v1/maps/users/entries/u1");
    assertThat(got.status()).isEqualTo(200);
    assertThat(got.text()).isEqualTo(value);
    assertThat(got.header("ETag")).isEqualTo("\"1\"");
    assertThat(got.header("Content-Type")).isEqualTo("application/json");
    assertThat(acme.put("/v1/maps/users/entries/u1", "2").status()).isEqualTo(200);
  }

  @Test
  void everyAnswerTellsTheRate() throws IOException {
    var answer = acme.get("/v1/maps/rates/entries/none");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.header("RateLimit-Policy")).startsWith("\"ops\";q=");
    assertThat(answer.header("RateLimit")).startsWith("\"ops\";r=");
    assertThat(acme.put("/v1/maps/rates/entries/k", "{").header("RateLimit")).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a/b",
        "..",
        ".",
        "../x",
        "..%2f..%2f",
        "%252e%252e",
        "a//b",
        "/",
        "?q#f",
        "a;b=c",
        "100%",
        "a b+c",
        "é",
        "e\u0301",
        "ｆｕｌｌ",
        "\u202e\u200d",
        "entries"
      })
  void aKeyKeepsItsBytes(String key) throws IOException {
    String path =
        "/v1/maps/keys/entries/"
            + URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20");
    assertThat(acme.put(path, "\"here\"").json().get("key").asText()).isEqualTo(key);
    assertThat(acme.get(path).text()).isEqualTo("\"here\"");
    assertThat(acme.delete(path).status()).isEqualTo(204);
    assertThat(acme.get(path).code()).isEqualTo("KEY_NOT_FOUND");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%00", "a%0d%0aX:1", "%C2%85", "%FF", "%ED%A0%80", ""})
  void aKeyThatIsNoneIsRefused(String key) throws IOException {
    var answer = acme.put("/v1/maps/keys/entries/" + key, "1");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("INVALID_REQUEST");
  }

  @Test
  void aKeyIsAtMost512Bytes() throws IOException {
    assertThat(acme.put("/v1/maps/keys/entries/" + "k".repeat(512), "1").status()).isEqualTo(201);
    assertThat(acme.put("/v1/maps/keys/entries/" + "k".repeat(513), "1").status()).isEqualTo(400);
    assertThat(acme.put("/v1/maps/keys/entries/" + "%C3%A9".repeat(257), "1").status())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a%20b", "%C3%A4", "a%2Fb", "a:b"})
  void aMapNameThatIsNoneIsRefused(String map) throws IOException {
    assertThat(acme.put("/v1/maps/" + map + "/entries/k", "1").code()).isEqualTo("INVALID_REQUEST");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "{\"a\":1,\"a\":2}", "1 2", "'a'", "NaN", "\"\\ud800x\"x", "[1,]"})
  void aValueThatIsNotJsonIsRefused(String value) throws IOException {
    var answer = acme.put("/v1/maps/bad/entries/k", value);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("INVALID_REQUEST");
  }

  @Test
  void depthAndSizeAreBounded() throws IOException {
    assertThat(acme.put("/v1/maps/deep/entries/k", "[".repeat(128) + "]".repeat(128)).status())
        .isEqualTo(201);
    assertThat(acme.put("/v1/maps/deep/entries/k", "[".repeat(129) + "]".repeat(129)).status())
        .isEqualTo(400);
    assertThat(acme.put("/v1/maps/deep/entries/k", "[".repeat(100_000)).status()).isEqualTo(400);
    String largest = "\"" + "x".repeat((1 << 20) - 2) + "\"";
    assertThat(acme.put("/v1/maps/deep/entries/large", largest).status()).isEqualTo(201);
    assertThat(acme.get("/v1/maps/deep/entries/large").text()).isEqualTo(largest);
    var above = acme.put("/v1/maps/deep/entries/large", largest + " ");
    assertThat(above.status()).isEqualTo(413);
    assertThat(above.code()).isEqualTo("PAYLOAD_TOO_LARGE");
  }

  @ParameterizedTest
  @CsvSource({
    "text/plain",
    "multipart/form-data",
    "application/xml",
    "application/json; charset=utf-16",
    "application/json; charset=iso-8859-1",
    "nonsense"
  })
  void anotherContentTypeIsRefused(String type) throws IOException {
    var answer = acme.put("/v1/maps/types/entries/k", "1", "Content-Type", type);
    assertThat(answer.status()).isEqualTo(415);
    assertThat(answer.code()).isEqualTo("UNSUPPORTED_MEDIA_TYPE");
  }

  @Test
  void aConditionHoldsOrNothingHappens() throws IOException {
    String path = "/v1/maps/cas/entries/k";
    assertThat(acme.put(path, "1", "If-Match", "\"1\"").status()).isEqualTo(412);
    assertThat(acme.put(path, "1", "If-None-Match", "*").status()).isEqualTo(201);
    assertThat(acme.put(path, "2", "If-None-Match", "*").code()).isEqualTo("VERSION_MISMATCH");
    String tag = acme.get(path).header("ETag");
    assertThat(acme.get(path, "If-None-Match", tag).status()).isEqualTo(304);
    assertThat(acme.get(path, "If-None-Match", "\"99\"").status()).isEqualTo(200);
    assertThat(acme.put(path, "2", "If-Match", tag).status()).isEqualTo(200);
    assertThat(acme.delete(path, "If-Match", tag).status()).isEqualTo(412);
    assertThat(acme.put(path, "3", "If-Match", "*").status()).isEqualTo(200);
    assertThat(acme.put(path, "3", "If-Match", "seven").status()).isEqualTo(400);
    assertThat(acme.put(path, "3", "If-Match", "\"1\", \"2\"").status()).isEqualTo(400);
    for (String foreign : List.of("\"abc\"", "\"\"", "\"0\"", "\"03\"", "W/\"3\"")) {
      assertThat(acme.put(path, "3", "If-Match", foreign).code()).isEqualTo("VERSION_MISMATCH");
    }
    assertThat(acme.put(path, "3", "If-Match", tag, "If-None-Match", "*").status()).isEqualTo(400);
    assertThat(acme.delete(path).status()).isEqualTo(204);
    assertThat(acme.delete(path).code()).isEqualTo("KEY_NOT_FOUND");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1000000000000000", "99999999999999999999", "1.5", "x", ""})
  void aTimeToLiveThatIsNoneIsRefused(String ttl) throws IOException {
    assertThat(acme.put("/v1/maps/ttl/entries/k?ttlMs=" + ttl, "1").code())
        .isEqualTo("INVALID_REQUEST");
  }

  @Test
  void aRepeatedPromiseGivesTheFirstAnswer() throws IOException {
    String path = "/v1/maps/promises/entries/k";
    var first = acme.put(path, "1", "Idempotency-Key", "p1");
    var second = acme.put(path, "1", "Idempotency-Key", "p1");
    assertThat(second.status()).isEqualTo(first.status()).isEqualTo(201);
    assertThat(second.text()).isEqualTo(first.text());
    assertThat(acme.put(path, "2", "Idempotency-Key", "p1").code()).isEqualTo("CONFLICT");
  }

  @Test
  void headIsAuthorizedAsGetAndHasNoBody() throws IOException {
    acme.put("/v1/maps/head/entries/k", "12");
    var head = acme.send("HEAD", "/v1/maps/head/entries/k", null);
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.text()).isEmpty();
    assertThat(edge.as("").send("HEAD", "/v1/maps/head/entries/k", null).status()).isEqualTo(401);
  }

  @Test
  void aMethodOverrideIsIgnored() throws IOException {
    acme.put("/v1/maps/override/entries/k", "1");
    acme.get("/v1/maps/override/entries/k", "X-HTTP-Method-Override", "DELETE");
    assertThat(acme.get("/v1/maps/override/entries/k").status()).isEqualTo(200);
  }
}
