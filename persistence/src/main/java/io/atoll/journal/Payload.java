package io.atoll.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.atoll.store.DamagedRecordException;
import java.nio.ByteBuffer;

/** A serialized object: the serializer's id, its manifest for the object, and the bytes. */
record Payload(int serializerId, String manifest, byte[] bytes) {
  int size() {
    return Integer.BYTES + sizeOf(manifest) + Integer.BYTES + bytes.length;
  }

  void addTo(ByteBuffer body) {
    body.putInt(serializerId);
    put(body, manifest);
    body.putInt(bytes.length).put(bytes);
  }

  static Payload from(ByteBuffer body) {
    int serializerId = body.getInt();
    String manifest = text(body);
    return new Payload(serializerId, manifest, bytes(body, body.getInt()));
  }

  static int sizeOf(String text) {
    return Integer.BYTES + text.getBytes(UTF_8).length;
  }

  static void put(ByteBuffer body, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    body.putInt(bytes.length).put(bytes);
  }

  static String text(ByteBuffer body) {
    return new String(bytes(body, body.getInt()), UTF_8);
  }

  private static byte[] bytes(ByteBuffer body, int length) {
    if (length < 0 || length > body.remaining()) {
      throw new DamagedRecordException("A record has a length that it cannot have.");
    }
    byte[] bytes = new byte[length];
    body.get(bytes);
    return bytes;
  }
}
