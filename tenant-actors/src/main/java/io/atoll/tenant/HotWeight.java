package io.atoll.tenant;

import io.atoll.ledger.Watermark;
import io.atoll.map.MapSettings;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Estimates the heap that a tenant in memory needs: itself, and for each of its maps in memory the
 * map and the changes that may not be in pages yet.
 */
final class HotWeight {
  /** A tenant with its ledger. */
  static final long TENANT = 12 * 1024;

  /** A map without its entries. */
  static final long MAP = 6 * 1024;

  /** Objects around the bytes of a key and a value. */
  private static final int SPREAD = 2;

  private HotWeight() {}

  /** The bytes for a tenant with these maps in memory; null is one whose size is not known yet. */
  static long of(Collection<? extends @Nullable Watermark> maps, MapSettings settings) {
    long bytes = TENANT;
    for (Watermark map : maps) {
      bytes += MAP + (map == null ? 0 : recent(map.bytes(), settings) * SPREAD);
    }
    return bytes;
  }

  private static long recent(long mapBytes, MapSettings settings) {
    return Math.min(mapBytes, settings.checkpointBytes(mapBytes));
  }
}
