package io.atoll.http.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** What a client calls a request or a watch: a JSON number or string, kept and echoed as sent. */
final class RequestId {
  /** Stands for an id that could not be read. */
  static final RequestId NONE = new RequestId("null".getBytes(UTF_8));

  /** The longest id in bytes, quotes included. */
  static final int MAX_BYTES = 256;

  private final byte[] json;

  private RequestId(byte[] json) {
    this.json = json;
  }

  /** The id whose JSON stands at this place of a text. */
  static RequestId of(byte[] text, int from, int to) {
    return new RequestId(Arrays.copyOfRange(text, from, to));
  }

  /** The id as JSON; shared, not to be changed. */
  byte[] json() {
    return json;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RequestId id && Arrays.equals(json, id.json);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(json);
  }

  @Override
  public String toString() {
    return new String(json, UTF_8);
  }
}
