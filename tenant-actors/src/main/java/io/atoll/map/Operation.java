package io.atoll.map;

import org.jspecify.annotations.Nullable;

/** One read or write of a tenant's maps. Names and keys were checked at the edge. */
public sealed interface Operation {
  /** No condition on the present version. */
  long ANY = -1;

  /** The entry must be absent. */
  long ABSENT = 0;

  /** The entry must be present, whatever its version ({@code If-Match: *}). */
  long PRESENT = -2;

  /** No expiry. */
  long FOREVER = -1;

  /** Bytes of keys and values that come in with the operation. */
  long bytesIn();

  /** An operation on one entry or one range of a named map. */
  sealed interface OnMap extends Operation {
    String map();
  }

  /** A change of one entry. */
  sealed interface Write extends OnMap {
    Key key();

    /** {@link #ANY}, {@link #ABSENT}, {@link #PRESENT} or the version that the entry must have. */
    long ifVersion();

    @Nullable Idempotency idempotency();
  }

  /** Reads one entry. */
  record Get(String map, Key key) implements OnMap {
    @Override
    public long bytesIn() {
      return key.length();
    }
  }

  /** Stores a JSON value, for {@code ttlMs} milliseconds or {@link #FOREVER}. */
  record Set(
      String map,
      Key key,
      byte[] value,
      long ifVersion,
      long ttlMs,
      @Nullable Idempotency idempotency)
      implements Write {
    @Override
    public long bytesIn() {
      return (long) key.length() + value.length;
    }
  }

  /** Removes one entry. */
  record Delete(String map, Key key, long ifVersion, @Nullable Idempotency idempotency)
      implements Write {
    @Override
    public long bytesIn() {
      return key.length();
    }
  }

  /**
   * Reads up to {@code limit} entries whose keys start with the prefix and come after {@code
   * after}.
   */
  record Scan(String map, Key prefix, @Nullable Key after, int limit, boolean values)
      implements OnMap {
    @Override
    public long bytesIn() {
      return prefix.length();
    }
  }

  /** Lists the tenant's maps. */
  record ListMaps() implements Operation {
    @Override
    public long bytesIn() {
      return 0;
    }
  }

  /** Removes a map with all its entries. */
  record DropMap(String map, @Nullable Idempotency idempotency) implements Operation {
    @Override
    public long bytesIn() {
      return 0;
    }
  }
}
