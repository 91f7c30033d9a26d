package io.atoll.http.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.atoll.map.Key;
import io.atoll.map.Outcome;
import io.atoll.map.WatchReply.Change;
import io.atoll.map.WatchReply.Kind;
import io.atoll.quota.Denial;
import io.atoll.refusal.ErrorCode;
import io.atoll.refusal.Refusal;
import io.atoll.tenant.SessionNotice.QuotaNotice;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ReplyWriterTest {
  private final ReplyWriter writer = new ReplyWriter();

  @Test
  void aSingleReplyIsAnObject() {
    writer.done(id("9"));

    assertThat(frame()).isEqualTo("{\"id\":9,\"ok\":true}");
    assertThat(writer.isEmpty()).isTrue();
  }

  @Test
  void severalRepliesShareAnArray() {
    writer.outcome(id("1"), new Outcome.Written(4, true));
    writer.outcome(
        id("\"b\""), new Outcome.Found("{ \"a\": 1.0 }".getBytes(UTF_8), 1234567890123L));
    writer.outcome(id("3"), new Outcome.Removed());

    assertThat(frame())
        .isEqualTo(
            "[{\"id\":1,\"ok\":true,\"version\":4},"
                + "{\"id\":\"b\",\"ok\":true,\"value\":{ \"a\": 1.0 },\"version\":1234567890123},"
                + "{\"id\":3,\"ok\":true}]");
  }

  @Test
  void aScanHasItemsAndTheKeyToGoOnAfter() {
    Outcome.Item first = new Outcome.Item(Key.of("a\"\\"), "1".getBytes(UTF_8), 7);
    Outcome.Item second = new Outcome.Item(Key.of("é"), null, 0);
    writer.outcome(id("4"), new Outcome.Scanned(List.of(first, second), Key.of("é")));
    writer.outcome(id("5"), new Outcome.Scanned(List.of(), null));

    assertThat(frame())
        .isEqualTo(
            "[{\"id\":4,\"ok\":true,\"items\":[{\"key\":\"a\\\"\\\\\",\"value\":1,\"version\":7},"
                + "{\"key\":\"é\",\"version\":0}],\"next\":\"é\"},"
                + "{\"id\":5,\"ok\":true,\"items\":[],\"next\":null}]");
  }

  @Test
  void whatIsUnavailableTellsWhenToComeBack() {
    writer.refused(id("1"), Refusal.of(ErrorCode.UNAVAILABLE, "busy"));

    assertThat(frame())
        .isEqualTo(
            "{\"id\":1,\"ok\":false,\"error\":{\"code\":\"UNAVAILABLE\",\"message\":\"busy\","
                + "\"retryAfter\":1000}}");
  }

  @Test
  void aRefusalTellsTheFiguresOfItsQuota() {
    Denial denial = new Denial("opsPerSecond", 100, 100, 12, false);
    writer.outcome(
        id("1"), new Outcome.Refused(new Refusal(ErrorCode.RATE_LIMITED, "slow \"down\"", denial)));
    writer.refused(id("2"), Refusal.of(ErrorCode.KEY_NOT_FOUND, "no\nsuch"));
    writer.refused(
        id("3"),
        new Refusal(
            ErrorCode.QUOTA_EXCEEDED, "full", new Denial("maps", 10, 10, Denial.NEVER, true)));

    assertThat(frame())
        .isEqualTo(
            "[{\"id\":1,\"ok\":false,\"error\":{\"code\":\"RATE_LIMITED\",\"message\":"
                + "\"slow \\\"down\\\"\",\"quota\":\"opsPerSecond\",\"current\":100,\"limit\":100,"
                + "\"retryAfter\":12}},"
                + "{\"id\":2,\"ok\":false,\"error\":{\"code\":\"KEY_NOT_FOUND\",\"message\":"
                + "\"no\\u000asuch\"}},"
                + "{\"id\":3,\"ok\":false,\"error\":{\"code\":\"QUOTA_EXCEEDED\",\"message\":"
                + "\"full\",\"quota\":\"maps\",\"current\":10,\"limit\":10}}]");
  }

  @Test
  void aChangeIsAnEventOfItsWatch() {
    writer.watching(id("5"), 17);
    writer.change(id("5"), new Change(18, Kind.SET, Key.of("u1"), "{}".getBytes(UTF_8), 18));
    writer.change(id("5"), new Change(19, Kind.EXPIRE, Key.of("u1"), null, 18));
    writer.change(id("5"), new Change(20, Kind.RESET, null, null, 0));

    assertThat(frame())
        .isEqualTo(
            "[{\"id\":5,\"ok\":true,\"seq\":17},"
                + "{\"watch\":5,\"seq\":18,\"event\":\"set\",\"key\":\"u1\",\"value\":{},\"version\":18},"
                + "{\"watch\":5,\"seq\":19,\"event\":\"expire\",\"key\":\"u1\"},"
                + "{\"watch\":5,\"seq\":20,\"event\":\"reset\"}]");
  }

  @Test
  void aNoticeRoundsItsPercentage() {
    writer.notice(new QuotaNotice("acme", "storageBytes", 80.3141));

    assertThat(frame())
        .isEqualTo("{\"notice\":\"quota\",\"quota\":\"storageBytes\",\"utilization\":80.3}");
  }

  @Property
  void anyTextIsReadBackByJackson(@ForAll String text) throws JsonProcessingException {
    String whole = text.replaceAll("\\p{Cs}", "?");
    writer.refused(id("1"), Refusal.of(ErrorCode.INVALID_REQUEST, whole));

    assertThat(new ObjectMapper().readTree(frame()).at("/error/message").textValue())
        .isEqualTo(whole);
  }

  @Property
  void anyVersionIsWrittenInDigits(@ForAll long version) {
    writer.outcome(id("1"), new Outcome.Written(version, false));

    assertThat(frame()).isEqualTo("{\"id\":1,\"ok\":true,\"version\":" + version + "}");
  }

  @Test
  void framesOfAnySizeFollowEachOther() {
    byte[] large = ("\"" + "x".repeat(300_000) + "\"").getBytes(UTF_8);
    writer.outcome(id("1"), new Outcome.Found(large, 1));
    assertThat(frame()).hasSizeGreaterThan(300_000);
    writer.done(id("2"));
    assertThat(frame()).isEqualTo("{\"id\":2,\"ok\":true}");
  }

  private String frame() {
    return new String(writer.take(), UTF_8);
  }

  private static RequestId id(String json) {
    return RequestId.of(json.getBytes(UTF_8), 0, json.length());
  }
}
