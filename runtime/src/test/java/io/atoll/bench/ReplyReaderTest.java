package io.atoll.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplyReaderTest {
  private final Map<Integer, Outcome> found = new LinkedHashMap<>();
  private final ReplyReader reader = new ReplyReader(found::put);

  @Test
  void aFrameIsAReplyOrAnArrayOfThem() {
    read("{\"id\":7,\"ok\":true,\"version\":4}");
    read("[{\"id\":8,\"ok\":true},{\"id\":9,\"ok\":true}]");
    assertThat(found).containsOnlyKeys(7, 8, 9).containsValue(Outcome.OK);
  }

  @Test
  void anErrorIsKnownByItsCode() {
    read(
        """
        [{"id":1,"ok":false,"error":{"code":"RATE_LIMITED","message":"m","retryAfter":12}},
         {"id":2,"ok":false,"error":{"message":"m","code":"KEY_NOT_FOUND"}},
         {"id":3,"ok":false,"error":{"code":"UNAVAILABLE","message":"a \\"code\\":\\"X\\""}},
         {"id":4,"ok":false}]\
        """);
    assertThat(found)
        .containsEntry(1, Outcome.LIMITED)
        .containsEntry(2, Outcome.MISSING)
        .containsEntry(3, new Outcome.Failed("UNAVAILABLE"))
        .containsEntry(4, new Outcome.Failed("UNKNOWN"));
  }

  @Test
  void whatAValueHoldsIsNoReply() {
    read(
        """
        {"id":5,"ok":true,"value":
          {"id":6,"ok":false,"code":"X","s":"}]\\\\\\"{","a":[{"id":1}]},"version":1}\
        """);
    read(
        """
        [{"id":7,"ok":true,"items":[{"key":"id","value":"ok"}],"next":null}]\
        """);
    assertThat(found).containsOnlyKeys(5, 7).containsValue(Outcome.OK);
  }

  @Test
  void spaceIsAllowedAnywhere() {
    read(" [ { \"ok\" : true , \"id\" : 12 } ,\n{ \"id\":13, \"ok\":\ttrue } ] ");
    assertThat(found).containsOnlyKeys(12, 13);
  }

  @Test
  void aNoticeIsPassedOver() {
    read(
        """
        [{"notice":"quota","quota":"storageBytes","utilization":80.3},{"id":1,"ok":true}]\
        """);
    read("{\"id\":null,\"ok\":false,\"error\":{\"code\":\"INVALID_REQUEST\"}}");
    assertThat(found).containsOnlyKeys(1);
  }

  @Test
  void aFrameThatIsCutEndsQuietly() {
    String frame = "[{\"id\":1,\"ok\":true},{\"id\":2,\"ok\":false,\"error\":{\"code\":\"X\"}}]";
    for (int length = 0; length < frame.length(); length++) {
      read(frame.substring(0, length));
    }
    assertThat(found).containsEntry(1, Outcome.OK);
  }

  private void read(String frame) {
    byte[] bytes = (frame + "\"rest").getBytes(UTF_8);
    reader.read(bytes, bytes.length - "\"rest".length());
  }
}
