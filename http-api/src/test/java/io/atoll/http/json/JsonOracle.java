package io.atoll.http.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;

/** What Jackson and the JDK's decoder say about a text. */
final class JsonOracle {
  private static final JsonFactory LENIENT = factory().build();
  private static final JsonFactory STRICT =
      factory().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private JsonOracle() {}

  static boolean isJson(byte[] text) {
    return isOneValue(LENIENT, text);
  }

  static boolean isJsonWithoutDuplicates(byte[] text) {
    return isOneValue(STRICT, text);
  }

  static boolean isUtf8(byte[] text) {
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
      return true;
    } catch (IOException malformed) {
      return false;
    }
  }

  private static boolean isOneValue(JsonFactory factory, byte[] text) {
    try (JsonParser parser =
        factory.createParser(UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString())) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (IOException malformed) {
      return false;
    }
  }

  private static com.fasterxml.jackson.core.JsonFactoryBuilder factory() {
    return new com.fasterxml.jackson.core.JsonFactoryBuilder()
        .streamReadConstraints(
            StreamReadConstraints.builder().maxNestingDepth(Integer.MAX_VALUE).build());
  }
}
