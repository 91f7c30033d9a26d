package io.atoll.http.route;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.util.ByteString;

/** Writes the JSON of answers. */
final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();

  private Json() {}

  /** Writes one value. */
  @FunctionalInterface
  interface Writer {
    void write(JsonGenerator json) throws IOException;
  }

  static HttpResponse response(int status, Writer writer) {
    return response(status, bytes(writer));
  }

  static HttpResponse response(int status, byte[] json) {
    return HttpResponse.create()
        .withStatus(StatusCodes.get(status))
        .withEntity(ContentTypes.APPLICATION_JSON, ByteString.fromArrayUnsafe(json));
  }

  static byte[] bytes(Writer writer) {
    ByteArrayBuilder bytes = new ByteArrayBuilder(512);
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      writer.write(json);
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory failed", impossible);
    }
    return bytes.toByteArray();
  }

  /** A time as RFC 3339 in UTC with milliseconds; null before the epoch, which stands for never. */
  static void time(JsonGenerator json, String name, long epochMillis) throws IOException {
    if (epochMillis < 0) {
      json.writeNullField(name);
    } else {
      json.writeStringField(name, Instant.ofEpochMilli(epochMillis).toString());
    }
  }
}
