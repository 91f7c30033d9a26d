package io.atoll.directory;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.atoll.store.DamagedRecordException;
import io.atoll.tenant.Directory.Listing;
import io.atoll.tenant.Directory.Query;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The value of an index key by name: whose it is, and what the filters ask for. */
record NamedRow(String id, String status, String plan, String tier) {
  static NamedRow of(Listing listing) {
    return new NamedRow(listing.id(), listing.status(), listing.plan(), listing.tier());
  }

  static NamedRow open(byte[] stored) {
    ByteBuffer row = ByteBuffer.wrap(stored);
    NamedRow opened = new NamedRow(text(row), text(row), text(row), text(row));
    if (row.hasRemaining()) {
      throw damaged();
    }
    return opened;
  }

  byte[] stored() {
    byte[][] texts = {
      id.getBytes(UTF_8), status.getBytes(UTF_8), plan.getBytes(UTF_8), tier.getBytes(UTF_8)
    };
    int size = 0;
    for (byte[] text : texts) {
      size += Short.BYTES + text.length;
    }
    ByteBuffer row = ByteBuffer.allocate(size);
    for (byte[] text : texts) {
      row.putShort((short) text.length).put(text);
    }
    return row.array();
  }

  /** Whether the filters let it through. */
  boolean passes(Query query) {
    return passes(query.status(), status)
        && passes(query.plan(), plan)
        && passes(query.tier(), tier);
  }

  private static boolean passes(@Nullable String wanted, String actual) {
    return wanted == null || wanted.equals(actual);
  }

  private static String text(ByteBuffer row) {
    int length = row.remaining() < Short.BYTES ? 0 : row.getShort();
    if (length <= 0 || length > row.remaining()) {
      throw damaged();
    }
    byte[] text = new byte[length];
    row.get(text);
    return new String(text, UTF_8);
  }

  private static DamagedRecordException damaged() {
    return new DamagedRecordException("An index row of the directory is damaged.");
  }
}
