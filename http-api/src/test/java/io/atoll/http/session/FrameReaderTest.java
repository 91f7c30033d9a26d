package io.atoll.http.session;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.map.Key;
import io.atoll.map.Operation;
import io.atoll.refusal.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {
  private final FrameReader reader = new FrameReader(new RequestBuilder(100), 5);

  @Test
  void readsASet() {
    Request.Data request =
        (Request.Data)
            only(
                "{\"id\":1,\"op\":\"set\",\"map\":\"users\",\"key\":\"u1\",\"value\": {\"a\":"
                    + " 1.50},\"ifVersion\":3,\"ttlMs\":1000}");

    assertThat(request.id()).hasToString("1");
    assertThat(request.tenant()).isNull();
    Operation.Set set = (Operation.Set) request.operation();
    assertThat(set.map()).isEqualTo("users");
    assertThat(set.key()).isEqualTo(Key.of("u1"));
    assertThat(set.value()).isEqualTo("{\"a\": 1.50}".getBytes(UTF_8));
    assertThat(set.ifVersion()).isEqualTo(3);
    assertThat(set.ttlMs()).isEqualTo(1000);
    assertThat(set.idempotency()).isNull();
  }

  @Test
  void readsEveryOtherOperation() {
    assertThat(data("{\"id\":2,\"op\":\"get\",\"map\":\"m\",\"key\":\"k\"}"))
        .isEqualTo(new Operation.Get("m", Key.of("k")));
    assertThat(data("{\"id\":3,\"op\":\"delete\",\"map\":\"m\",\"key\":\"k\",\"ifVersion\":0}"))
        .isEqualTo(new Operation.Delete("m", Key.of("k"), Operation.ABSENT, null));
    assertThat(data("{\"id\":4,\"op\":\"scan\",\"map\":\"m\"}"))
        .isEqualTo(new Operation.Scan("m", Key.of(""), null, 100, true));
    assertThat(
            data(
                "{\"id\":4,\"op\":\"scan\",\"map\":\"m\",\"prefix\":\"u\",\"after\":\"u1\","
                    + "\"limit\":7,\"values\":false}"))
        .isEqualTo(new Operation.Scan("m", Key.of("u"), Key.of("u1"), 7, false));
    assertThat(only("{\"id\":5,\"op\":\"watch\",\"map\":\"m\",\"prefix\":\"u\",\"since\":17}"))
        .isEqualTo(new Request.Watch(id("5"), null, "m", Key.of("u"), 17));
    assertThat(only("{\"id\":5,\"op\":\"watch\",\"map\":\"m\"}"))
        .isEqualTo(new Request.Watch(id("5"), null, "m", Key.of(""), -1));
    assertThat(only("{\"id\":6,\"op\":\"unwatch\",\"watch\":5}"))
        .isEqualTo(new Request.Unwatch(id("6"), id("5")));
    assertThat(only("{\"id\":0,\"op\":\"auth\",\"token\":\"t\"}"))
        .isEqualTo(new Request.Auth(id("0"), "t"));
    assertThat(only("{\"id\":9,\"op\":\"ping\"}")).isEqualTo(new Request.Ping(id("9")));
  }

  @Test
  void anEmptyAfterIsTheBeginning() {
    assertThat(data("{\"id\":4,\"op\":\"scan\",\"map\":\"m\",\"after\":\"\"}"))
        .isEqualTo(new Operation.Scan("m", Key.of(""), null, 100, true));
  }

  @Test
  void namesAndStringsMayBeEscaped() {
    Request.Data request =
        (Request.Data)
            only(
                "{\"\\u0069d\":1,\"op\":\"\\u0067et\",\"tenant\":\"a\\u0063me\",\"map\":\"\\u006d\","
                    + "\"key\":\"\\u006b\\/\\ud83d\\ude00\"}");

    assertThat(request.id()).hasToString("1");
    assertThat(request.tenant()).isEqualTo("acme");
    assertThat(request.operation()).isEqualTo(new Operation.Get("m", Key.of("k/😀")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "-1.5e3", "\"a\\u0041\"", "\"\"", "123456789012345678901234567890"})
  void anIdComesBackAsItWasSent(String id) {
    assertThat(only("{\"op\":\"ping\",\"id\":" + id + "}").id()).hasToString(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "true", "{}", "[1]", "\"%s\""})
  void anIdOfAnotherKindIsNone(String id) {
    Request request = only("{\"op\":\"ping\",\"id\":" + id.formatted("x".repeat(255)) + "}");

    assertThat(request.id()).isEqualTo(RequestId.NONE);
    assertThat(refusal(request)).contains("INVALID_REQUEST id ");
  }

  @Test
  void whichOfTwoIdsIsMeantIsNotGuessed() {
    Request request = only("{\"id\":1,\"op\":\"ping\",\"id\":2}");

    assertThat(request.id()).isEqualTo(RequestId.NONE);
    assertThat(refusal(request)).startsWith("INVALID_REQUEST");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"id\":1} | op is missing",
        "{\"id\":1,\"op\":\"frob\"} | op is not",
        "{\"id\":1,\"op\":5} | op is not",
        "{\"id\":1,\"op\":\"publish\",\"topic\":\"t\"} | unknown field topic",
        "{\"id\":1,\"op\":\"get\",\"map\":\"m\"} | key is missing",
        "{\"id\":1,\"op\":\"get\",\"map\":\"m\",\"key\":\"k\",\"x\":[{}]} | unknown field x",
        "{\"id\":1,\"op\":\"get\",\"map\":\"m\",\"key\":\"k\",\"value\":1} | value does not belong",
        "{\"id\":1,\"op\":\"get\",\"map\":\"m\",\"key\":\"k\",\"key\":\"k\"} | key is there twice",
        "{\"id\":1,\"op\":\"get\",\"map\":\"m\",\"key\":\"\"} | key must",
        "{\"id\":1,\"op\":\"get\",\"map\":\"m\",\"key\":7} | key must",
        "{\"id\":1,\"op\":\"get\",\"map\":\"m\",\"key\":\"a\\u0000\"} | key must",
        "{\"id\":1,\"op\":\"get\",\"map\":\"m\",\"key\":\"a\\u0085\"} | key must",
        "{\"id\":1,\"op\":\"get\",\"map\":\"m\",\"key\":\"a\\ud800\"} | key must",
        "{\"id\":1,\"op\":\"get\",\"map\":\"a/b\",\"key\":\"k\"} | map must",
        "{\"id\":1,\"op\":\"get\",\"map\":\"\",\"key\":\"k\"} | map must",
        "{\"id\":1,\"op\":\"get\",\"map\":null,\"key\":\"k\"} | map must",
        "{\"id\":1,\"op\":\"get\",\"map\":\"m\",\"key\":\"k\",\"tenant\":\"Acme\"} | tenant must",
        "{\"id\":1,\"op\":\"set\",\"map\":\"m\",\"key\":\"k\",\"value\":1,\"ttlMs\":0} | ttlMs"
            + " must",
        "{\"id\":1,\"op\":\"set\",\"map\":\"m\",\"key\":\"k\",\"value\":1,\"ttlMs\":-1} | ttlMs"
            + " must",
        "{\"id\":1,\"op\":\"set\",\"map\":\"m\",\"key\":\"k\",\"value\":1,\"ttlMs\":1.0} | ttlMs"
            + " must",
        "{\"id\":1,\"op\":\"set\",\"map\":\"m\",\"key\":\"k\",\"value\":1,\"ttlMs\":1e3} | ttlMs"
            + " must",
        "{\"id\":1,\"op\":\"set\",\"map\":\"m\",\"key\":\"k\",\"value\":1,\"ttlMs\":1000000000000000}"
            + " | ttlMs must",
        "{\"id\":1,\"op\":\"set\",\"map\":\"m\",\"key\":\"k\",\"value\":1,\"ifVersion\":\"3\"} |"
            + " ifVersion must",
        "{\"id\":1,\"op\":\"set\",\"map\":\"m\",\"key\":\"k\",\"value\":1,\"ifVersion\":99999999999999999999}"
            + " | ifVersion must",
        "{\"id\":1,\"op\":\"set\",\"map\":\"m\",\"key\":\"k\",\"value\":{\"a\":1,\"a\":2}} | value"
            + " has an object",
        "{\"id\":1,\"op\":\"set\",\"map\":\"m\",\"key\":\"k\",\"value\":1,\"idempotencyKey\":\"\"}"
            + " | idempotencyKey must",
        "{\"id\":1,\"op\":\"scan\",\"map\":\"m\",\"limit\":1001} | limit must",
        "{\"id\":1,\"op\":\"scan\",\"map\":\"m\",\"limit\":0} | limit must",
        "{\"id\":1,\"op\":\"scan\",\"map\":\"m\",\"values\":\"yes\"} | values must",
        "{\"id\":1,\"op\":\"scan\",\"map\":\"m\",\"after\":null} | after must",
        "{\"id\":1,\"op\":\"watch\",\"map\":\"m\",\"since\":-1} | since must",
        "{\"id\":1,\"op\":\"unwatch\",\"watch\":[]} | watch must",
        "{\"id\":1,\"op\":\"auth\",\"token\":\"\"} | token must"
      })
  void aBadRequestIsRefusedByNameWithItsId(String json, String detail) {
    Request request = only(json);

    assertThat(request.id()).hasToString("1");
    assertThat(refusal(request)).startsWith("INVALID_REQUEST " + detail);
  }

  @Test
  void aValueIsTakenUpToItsLimit() {
    assertThat(only(setOf("\"" + "x".repeat(98) + "\""))).isInstanceOf(Request.Data.class);
    assertThat(refusal(only(setOf("\"" + "x".repeat(99) + "\""))))
        .isEqualTo("PAYLOAD_TOO_LARGE value has more than 100 bytes");
  }

  @Test
  void aValueNestedTooDeepIsRefusedAlone() {
    List<Request> requests =
        requests("[" + setOf("[".repeat(200) + "]".repeat(200)) + "," + setOf("[[]]") + "]");

    assertThat(refusal(requests.get(0))).contains("value is nested deeper than 128 levels");
    assertThat(requests.get(1)).isInstanceOf(Request.Data.class);
  }

  @Test
  void oneBadRequestInAFrameFailsAlone() {
    List<Request> requests =
        requests("[{\"id\":1,\"op\":\"ping\"}, 7, {\"id\":2}, {\"id\":3,\"op\":\"ping\"}]");

    assertThat(requests).hasSize(4);
    assertThat(requests.get(0)).isEqualTo(new Request.Ping(id("1")));
    assertThat(requests.get(1)).isInstanceOf(Request.Bad.class);
    assertThat(requests.get(2)).isInstanceOf(Request.Bad.class);
    assertThat(requests.get(3)).isEqualTo(new Request.Ping(id("3")));
  }

  @Test
  void anEmptyArrayHoldsNoRequests() {
    assertThat(requests(" [ ] ")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "7",
        "\"text\"",
        "null",
        "hello",
        "{",
        "[",
        "[{}",
        "[{},]",
        "{}{}",
        "[{}] x",
        "{\"id\":1,\"op\":\"ping\"",
        "{\"id\":1 \"op\":\"ping\"}",
        "{id:1}",
        "{\"id\":01}",
        "[{\"id\":1,\"op\":\"ping\"}}",
        "{\"id\":\"\u00ff\"} \u00ff"
      })
  void whatIsNotARequestOrAnArrayIsMalformed(String text) {
    assertThat(reader.read(text.getBytes(UTF_8))).isInstanceOf(Frame.Malformed.class);
  }

  @Test
  void bytesThatAreNotUtf8AreMalformed() {
    assertThat(reader.read("{\"id\":\"\u00ff\",\"op\":\"ping\"}".getBytes(ISO_8859_1)))
        .isInstanceOf(Frame.Malformed.class);
  }

  @Test
  void aFrameOfTooManyRequestsIsMalformed() {
    assertThat(requests("[{},{},{},{},{}]")).hasSize(5);
    assertThat(reader.read("[{},{},{},{},{},{}]".getBytes(UTF_8)))
        .isEqualTo(new Frame.Malformed("a frame holds at most 5 requests"));
  }

  @Test
  void aPromiseDependsOnEverythingThatIsWritten() {
    String first = fingerprint("m", "k", "1", "");
    assertThat(fingerprint("m", "k", "1", "")).isEqualTo(first);
    assertThat(fingerprint("m", "k", "2", "")).isNotEqualTo(first);
    assertThat(fingerprint("mk", "1", "1", "")).isNotEqualTo(first);
    assertThat(fingerprint("m", "k", "1", ",\"ttlMs\":1")).isNotEqualTo(first);
    assertThat(fingerprint("m", "k", "1", ",\"ifVersion\":0")).isNotEqualTo(first);
  }

  @Test
  void aTokenIsNeverShown() {
    assertThat(only("{\"id\":0,\"op\":\"auth\",\"token\":\"secret\"}").toString())
        .doesNotContain("secret");
  }

  private String fingerprint(String map, String key, String value, String more) {
    Operation.Set set =
        (Operation.Set)
            data(
                "{\"id\":1,\"op\":\"set\",\"idempotencyKey\":\"p\",\"map\":\""
                    + map
                    + "\",\"key\":\""
                    + key
                    + "\",\"value\":"
                    + value
                    + more
                    + "}");
    assertThat(set.idempotency()).isNotNull();
    assertThat(set.idempotency().key()).isEqualTo("p");
    return set.idempotency().fingerprint();
  }

  private static String setOf(String value) {
    return "{\"id\":1,\"op\":\"set\",\"map\":\"m\",\"key\":\"k\",\"value\":" + value + "}";
  }

  private Operation data(String json) {
    return ((Request.Data) only(json)).operation();
  }

  private Request only(String json) {
    List<Request> requests = requests(json);
    assertThat(requests).hasSize(1);
    return requests.get(0);
  }

  private List<Request> requests(String json) {
    Frame frame = reader.read(json.getBytes(UTF_8));
    assertThat(frame).as(json).isInstanceOf(Frame.Requests.class);
    return ((Frame.Requests) frame).requests();
  }

  private static String refusal(Request request) {
    assertThat(request).isInstanceOf(Request.Bad.class);
    Request.Bad bad = (Request.Bad) request;
    assertThat(bad.refusal().code()).isIn(ErrorCode.INVALID_REQUEST, ErrorCode.PAYLOAD_TOO_LARGE);
    return bad.refusal().code() + " " + bad.refusal().detail();
  }

  private static RequestId id(String json) {
    return RequestId.of(json.getBytes(UTF_8), 0, json.length());
  }
}
