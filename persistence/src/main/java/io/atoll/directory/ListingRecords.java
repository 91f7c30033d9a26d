package io.atoll.directory;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.atoll.store.Sealed;
import io.atoll.tenant.Directory.Listing;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Listings as they are stored, and what is left of a removed one: its version. */
final class ListingRecords {
  private static final byte LISTED = 1;
  private static final byte REMOVED = 2;

  private ListingRecords() {}

  static byte[] listed(byte[] key, Listing listing) {
    byte[][] texts = {
      listing.id().getBytes(UTF_8),
      listing.name().getBytes(UTF_8),
      listing.plan().getBytes(UTF_8),
      listing.tier().getBytes(UTF_8),
      listing.status().getBytes(UTF_8),
      listing.document()
    };
    int size = 1 + Long.BYTES;
    for (byte[] text : texts) {
      size += Integer.BYTES + text.length;
    }
    return Sealed.seal(
        key,
        size,
        body -> {
          body.put(LISTED).putLong(listing.version());
          for (byte[] text : texts) {
            body.putInt(text.length).put(text);
          }
        });
  }

  static byte[] removed(byte[] key, long version) {
    return Sealed.seal(key, 1 + Long.BYTES, body -> body.put(REMOVED).putLong(version));
  }

  static Stored open(String id, byte[] key, byte[] stored) {
    ByteBuffer body = Sealed.open(key, stored, "The directory's entry of tenant " + id);
    boolean listed = body.get() == LISTED;
    long version = body.getLong();
    return new Stored(version, listed ? Optional.of(listing(body, version)) : Optional.empty());
  }

  private static Listing listing(ByteBuffer body, long version) {
    return new Listing(
        text(body), text(body), text(body), text(body), text(body), version, bytes(body));
  }

  private static String text(ByteBuffer body) {
    return new String(bytes(body), UTF_8);
  }

  private static byte[] bytes(ByteBuffer body) {
    byte[] bytes = new byte[body.getInt()];
    body.get(bytes);
    return bytes;
  }

  /** A stored version, and the listing unless it was removed. */
  record Stored(long version, Optional<Listing> listing) {}
}
