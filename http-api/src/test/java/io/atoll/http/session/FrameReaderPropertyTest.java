package io.atoll.http.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.atoll.access.EntryKey;
import io.atoll.http.json.JsonTexts;
import io.atoll.map.Operation;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FrameReaderPropertyTest {
  private static final ObjectMapper JACKSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private final FrameReader reader = new FrameReader(new RequestBuilder(1 << 20), 1000);

  @Property
  void aFrameIsMalformedWhenJacksonSaysSo(@ForAll("nearlyFrames") byte[] text) {
    boolean malformed = reader.read(text) instanceof Frame.Malformed;

    assertThat(malformed).isEqualTo(!isFrame(text));
  }

  @Property
  void everyRequestKeepsItsPlaceAndId(@ForAll("nearlyFrames") byte[] text) throws IOException {
    if (reader.read(text) instanceof Frame.Requests frame) {
      JsonNode tree = JACKSON.readTree(new String(text, UTF_8));
      List<Request> requests = frame.requests();
      assertThat(requests).hasSize(tree.isArray() ? tree.size() : 1);
      for (int at = 0; at < requests.size(); at++) {
        checkId(requests.get(at).id(), tree.isArray() ? tree.get(at) : tree);
      }
    }
  }

  @Property
  void valuesComeBackByteForByte(@ForAll("values") String value) {
    byte[] frame =
        ("{\"id\":1,\"op\":\"set\",\"map\":\"m\",\"key\":\"k\",\"value\": " + value + " }")
            .getBytes(UTF_8);

    Request request = ((Frame.Requests) reader.read(frame)).requests().get(0);

    if (request instanceof Request.Data data) {
      assertThat(((Operation.Set) data.operation()).value()).isEqualTo(value.getBytes(UTF_8));
    } else {
      assertThat(((Request.Bad) request).refusal().detail()).contains("member twice");
    }
  }

  @Property
  void keysOfBytesObeyTheRuleForText(@ForAll String text) {
    String whole = text.replaceAll("\\p{Cs}", "");

    assertThat(EntryKeys.isValid(whole.getBytes(UTF_8))).isEqualTo(EntryKey.isValid(whole));
    assertThat(EntryKeys.isValidPrefix(whole.getBytes(UTF_8)))
        .isEqualTo(EntryKey.isValidPrefix(whole));
  }

  @Provide
  Arbitrary<String> values() {
    return JsonTexts.values();
  }

  @Provide
  Arbitrary<byte[]> nearlyFrames() {
    return Arbitraries.oneOf(
        JsonTexts.mutated(frames()), frames().map(text -> text.getBytes(UTF_8)));
  }

  private static Arbitrary<String> frames() {
    Arbitrary<String> items = Arbitraries.oneOf(requests(), JsonTexts.values());
    return Arbitraries.oneOf(
        requests(),
        items
            .list()
            .ofMaxSize(6)
            .map(list -> list.stream().collect(Collectors.joining(" ,", "[ ", "]"))));
  }

  private static Arbitrary<String> requests() {
    Arbitrary<String> ids = Arbitraries.of("1", "2", "\"a\"", "-7.5", "null", "[]");
    Arbitrary<String> ops =
        Arbitraries.of("get", "set", "delete", "scan", "watch", "unwatch", "ping", "auth", "x");
    return Combinators.combine(ids, ops, JsonTexts.values())
        .as((id, op, value) ->
            "{\"id\":"
                + id
                + ",\"op\":\""
                + op
                + "\",\"map\":\"m\",\"key\":\"k\",\"value\":"
                + value
                + "}");
  }

  private static boolean isFrame(byte[] text) {
    try {
      String decoded = UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(text)).toString();
      return JACKSON.readTree(decoded).isContainerNode();
    } catch (IOException malformed) {
      return false;
    }
  }

  private static void checkId(RequestId id, JsonNode request) throws IOException {
    if (!id.equals(RequestId.NONE)) {
      assertThat(JACKSON.readTree(id.toString())).isEqualTo(request.get("id"));
    }
  }
}
