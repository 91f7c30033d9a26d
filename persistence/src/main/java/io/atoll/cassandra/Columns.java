package io.atoll.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import io.atoll.store.DamagedRecordException;
import java.nio.ByteBuffer;

/** What rows hold: blobs as arrays, texts that are always there. */
final class Columns {
  private Columns() {}

  /** The blob in this column, empty where there is none. */
  static byte[] bytes(Row row, String column) {
    ByteBuffer blob = row.getByteBuffer(column);
    byte[] bytes = new byte[blob == null ? 0 : blob.remaining()];
    if (blob != null) {
      blob.get(bytes);
    }
    return bytes;
  }

  /** The text in this column; fails where there is none. */
  static String text(Row row, String column) {
    String text = row.getString(column);
    if (text == null) {
      throw new DamagedRecordException("A row has no " + column + ".");
    }
    return text;
  }
}
