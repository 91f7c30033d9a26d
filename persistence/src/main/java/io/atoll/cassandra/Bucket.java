package io.atoll.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A part of a stream: its number (that of the last event before it), who may write it (nobody when
 * it is not there yet), its last event, its bytes, and the bucket that follows it when it is full.
 */
record Bucket(long number, @Nullable UUID owner, long highest, long bytes, @Nullable Long next) {
  /** The bucket with this number as it is stored, or as it will begin. */
  static Bucket of(long number, @Nullable Row row) {
    if (row == null || row.isNull("owner")) {
      return new Bucket(number, null, number, 0, null);
    }
    return new Bucket(
        number,
        row.getUuid("owner"),
        row.getLong("highest"),
        row.getLong("bytes"),
        row.isNull("next") ? null : row.getLong("next"));
  }

  /** Who has claimed it, for a bucket that was claimed. */
  UUID writer() {
    return Objects.requireNonNull(owner);
  }

  /** The same in the hands of this writer. */
  Bucket claimedBy(UUID writer) {
    return new Bucket(number, writer, highest, bytes, null);
  }

  Bucket grown(long to, long more) {
    return new Bucket(number, owner, to, bytes + more, null);
  }
}
